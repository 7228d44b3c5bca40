import Diagnostics
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing

/// What is said where scores, gradients or maps are infinite or not numbers: never a map, and never “nothing”.
@Suite("Explanations that go wrong")
struct NonFiniteExplanationTests {
  /// x → Conv → Relu → `tail` → logits of two classes.
  private func model(_ tail: (inout ONNXBuilder) -> Void) -> ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 4, 4])
    model.constant("w", [2, 3, 1, 1], [1, 0.5, 0.25, -1, -1, -1])
    model.node("Conv", ["x", "w"], ["c"])
    model.node("Relu", ["c"], ["r"])
    tail(&model)
    model.output("logits")
    return model
  }

  private let input = Tensor(shape: [1, 3, 4, 4], (0..<48).map { Float($0 % 5) / 4 })

  /// The layer that is looked at.
  private func layer(_ model: ONNXBuilder) throws -> Layer {
    try model.withFile { try Network(contentsOfFile: $0).layer(named: "r") }
  }

  private func explain(_ model: ONNXBuilder, _ methods: [Saliency.Method]) throws -> Explanation {
    try model.withFile { path in
      let network = try Network(contentsOfFile: path)
      let layer = try network.layer(named: "r")
      return try Explainer(network, input: input, layers: [layer]).explain([0], layers: [layer], methods: methods)[0]
    }
  }

  @Test("scores that are not numbers are a fault that names the first tensor that went wrong")
  func scores() throws {
    let model = model { model in
      model.node("ReduceMean", ["r"], ["means"], ["axes": [2, 3], "keepdims": 0])
      model.constant("minus", [1], [-1])
      model.node("Mul", ["means", "minus"], ["negative"])
      model.node("Log", ["negative"], ["logits"])
    }
    let fault = try #require(throws: Diagnostic.self) { try explain(model, [.gradCAM]) }
    #expect(
      fault.description
        == "error: the network's list of scores has 1 infinite value and 1 value that is not a number among 2. The "
        + "first to go wrong: “logits”, computed by “node_logits” (Log), holds what is not a number. Look at the model there, and whether "
        + "`scale`, `mean` and `std` are those that it was trained with.")
  }

  @Test("so are infinite ones")
  func infiniteScores() throws {
    let model = model { model in
      model.node("ReduceMean", ["r"], ["means"], ["axes": [2, 3], "keepdims": 0])
      model.constant("large", [1], [1000])
      model.node("Mul", ["means", "large"], ["more"])
      model.node("Exp", ["more"], ["logits"])
    }
    let fault = try #require(throws: Diagnostic.self) { try explain(model, [.gradCAM]) }
    #expect(
      fault.summary
        == "the network's list of scores has 1 infinite value among 2. The first to go wrong: “logits”, computed by "
        + "“node_logits” (Exp), holds infinity.")
  }

  @Test("gradients at a layer that are not finite are a finding about it, and those at the input are shown")
  func gradients() throws {
    // The root of what a rectifier made zero.
    let model = model { model in
      model.node("Sqrt", ["r"], ["s"])
      model.node("ReduceMean", ["s"], ["logits"], ["axes": [2, 3], "keepdims": 0])
    }
    let all = Saliency.Method.all.filter { $0.needs.isDisjoint(with: [.classActivationHead, .attention]) }
    let (found, layer) = (try explain(model, all), try layer(model))
    #expect(!found.attributions.isFinite)
    let map = try found.map(.gradCAM, at: layer)
    let finding = try #require(found.finding(.gradCAM, at: layer))
    #expect(finding.text.hasPrefix("The gradient at layer node_r has "))
    #expect(finding.text.hasSuffix(" among 32, so there is no map."))
    for method in [Saliency.Method.gradCAM, .counterfactual, .localization, .guidedGradCAM] {
      #expect(found.finding(method, at: layer) == finding)
    }
    #expect(found.finding(.gradient, at: layer) == nil)
    #expect(try found.tensor(.gradient).values.allSatisfy { $0.isFinite })
    #expect(Localization.box(in: map) == nil)
  }

  @Test("of what is finite nothing is found")
  func finite() throws {
    let model = model { $0.node("ReduceMean", ["r"], ["logits"], ["axes": [2, 3], "keepdims": 0]) }
    let (found, layer) = (try explain(model, [.gradient, .guidedGradCAM, .gradCAM]), try layer(model))
    #expect(found.attributions.isFinite)
    #expect(Saliency.Method.all.allSatisfy { found.finding($0, at: layer) == nil })
  }
}
