import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Which output holds the scores: by its type, its name, the end of the graph, and what depends on what.
@Suite("Which output is explained")
struct ClassifierOutputTests {
  /// A picture of 2 × 4 × 4, its mean and a linear layer: `features` (2) and `linear` (3).
  private static func model(_ change: (inout ONNXBuilder) -> Void) -> ONNXBuilder {
    var model = ONNXBuilder()
    model.input("picture", [1, 2, 4, 4])
    model.constant("w", [3, 2], [1, -2, 0.5, 1, 2, -1])
    model.constant("v", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8])
    model.node("Relu", ["picture"], ["maps"])
    model.node("GlobalAveragePool", ["maps"], ["mean"])
    model.node("Flatten", ["mean"], ["features"])
    model.node("Gemm", ["features", "w"], ["linear"], ["transB": 1])
    change(&model)
    return model
  }

  private func choice(_ model: ONNXBuilder, named name: String? = nil) throws -> (name: String, reason: String?) {
    let network = try model.withFile { try Network(contentsOfFile: $0, output: name) }
    return (network.outputName, network.outputReason)
  }

  private func fault(_ model: ONNXBuilder, named name: String? = nil) -> String {
    do {
      return try model.withFile { path in
        do {
          _ = try Network(contentsOfFile: path, output: name)
          return ""
        } catch {
          return "\(error)".replacingOccurrences(of: path, with: "model.onnx")
        }
      }
    } catch {
      return "\(error)"
    }
  }

  @Test("a name says it, wherever it stands")
  func name() throws {
    let model = Self.model { model in
      model.node("Gemm", ["features", "v"], ["embedding"], ["transB": 1])
      model.node("Identity", ["linear"], ["head/class_logits:0"])
      model.output("embedding")
      model.output("head/class_logits:0")
    }
    let choice = try choice(model)
    #expect(choice.name == "head/class_logits:0")
    #expect(choice.reason == "of its name")
  }

  @Test("scores are behind a softmax")
  func softmax() throws {
    let model = Self.model { model in
      model.node("Gemm", ["features", "v"], ["a"], ["transB": 1])
      model.node("Softmax", ["linear"], ["b"])
      model.output("a")
      model.output("b")
    }
    let choice = try choice(model)
    #expect(choice.name == "b")
    #expect(choice.reason == "it is behind a softmax")
  }

  @Test("features come before scores")
  func order() throws {
    let model = Self.model { model in
      model.output("features")
      model.output("linear")
    }
    let choice = try choice(model)
    #expect(choice.name == "linear")
    #expect(choice.reason == "it is computed from the others")
  }

  @Test("scores and their softmax are the same scores")
  func sameScores() throws {
    let model = Self.model { model in
      model.node("Softmax", ["linear"], ["probabilities"])
      model.output("linear")
      model.output("probabilities")
    }
    let network = try model.withFile { try Network(contentsOfFile: $0) }
    #expect(network.outputName == "probabilities")
    #expect(network.outputReason == "all outputs come from the same scores")
    #expect(network.outputAlternatives == [])
    #expect(network.scores == .softmax)
  }

  @Test("whole numbers, text, lists, and the largest of other numbers are no scores")
  func types() throws {
    let model = Self.model { model in
      model.node("ArgMax", ["linear"], ["index"], ["axis": 1])
      model.integers("k", [2])
      model.node("TopK", ["linear", "k"], ["best", "places"])
      model.output("index", elementType: 7)
      model.output("best")
      model.output("places", elementType: 7)
      model.output("name", elementType: 8)
      model.output("linear")
    }
    #expect(try choice(model).name == "linear")
    #expect(try model.withFile { try Network(contentsOfFile: $0).outputAlternatives } == [])
  }

  @Test("a single number that sums up a list is none")
  func confidence() throws {
    let model = Self.model { model in
      model.node("Softmax", ["linear"], ["p"])
      model.node("ReduceMax", ["p"], ["confidence"], ["axes": [1], "keepdims": 0])
      model.output("confidence")
      model.output("p")
    }
    #expect(try choice(model).name == "p")
    let alone = Self.model { model in
      model.node("ReduceMax", ["linear"], ["confidence"], ["axes": [1], "keepdims": 0])
      model.output("confidence")
    }
    #expect(
      fault(alone)
        == "model.onnx: error: the output “confidence” is only the largest of 3 numbers, which is not one score for "
        + "each class. Set `output: linear` in the model card, or give --output-tensor linear: these are the numbers.")
  }

  @Test("maps are no list, and an output that needs what is not supported does not stop the others")
  func lists() throws {
    let model = Self.model { model in
      model.node("Gemm", ["features", "v"], ["a"], ["transB": 1])
      model.node("Frobnicate", ["a"], ["b"])
      model.output("maps")
      model.output("b")
      model.output("linear")
    }
    #expect(try choice(model).name == "linear")
  }

  @Test("without a clear winner the writer is asked")
  func ambiguity() throws {
    let model = Self.model { model in
      model.node("Gemm", ["features", "v"], ["a"], ["transB": 1])
      model.output("a")
      model.output("linear")
    }
    #expect(
      fault(model)
        == "model.onnx: error: the model has 2 outputs that can be scores: “a” (4 values), “linear” (3 values). "
        + "Choose one by `output:` in the model card, or by --output-tensor.")
    #expect(try choice(model, named: "a").name == "a")
    #expect(try choice(model, named: "a").reason == nil)
  }

  @Test("two softmaxes are two answers")
  func twoHeads() throws {
    let model = Self.model { model in
      model.node("Gemm", ["features", "v"], ["colour"], ["transB": 1])
      model.node("Softmax", ["colour"], ["a"])
      model.node("Softmax", ["linear"], ["b"])
      model.output("a")
      model.output("b")
    }
    #expect(fault(model).contains("2 outputs that can be scores: “a” (4 values), “b” (3 values)"))
  }

  @Test("where only an index comes out, the scores before it are named, and can be asked for")
  func innerTensor() throws {
    let model = Self.model { model in
      model.node("ArgMax", ["linear"], ["winner"], ["axis": 1, "keepdims": 0])
      model.node("Identity", ["winner"], ["label"])
      model.output("label", elementType: 7)
    }
    #expect(
      fault(model)
        == "model.onnx: error: the model’s only output cannot be scores: “label” holds whole numbers, such as the "
        + "index of a class, which have no gradient. Set `output: linear` in the model card, or give --output-tensor linear: "
        + "these are the numbers that it is chosen from.")
    #expect(
      fault(model, named: "winner")
        == "model.onnx: error: “winner” cannot be scores: it holds whole numbers, such as the "
        + "index of a class, which have no gradient. Set `output: linear` in the model card, or give --output-tensor linear: "
        + "these are the numbers that it is chosen from.")
    for name in ["linear", "node_linear"] {
      let network = try model.withFile { try Network(contentsOfFile: $0, output: name) }
      #expect(network.outputName == "linear")
      #expect(network.classCount == 3)
    }
    #expect(
      fault(model, named: "lineer") == "model.onnx: error: the model has no output “lineer”; it has “label”. "
        + "Did you mean “linear”?")
    #expect(
      fault(model, named: "maps")
        == "model.onnx: error: the output “maps” has shape 1×2×4×4, which is not one score for each "
        + "class. sitegen explains image classifiers.")
  }
}
