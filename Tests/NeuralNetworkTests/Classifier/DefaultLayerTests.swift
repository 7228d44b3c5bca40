import NeuralNetwork
import TestSupport
import Testing

/// Where Grad-CAM looks when nobody says where: the last maps before pooling begins, whatever the pooling is made of.
@Suite("The default layer")
struct DefaultLayerTests {
  /// A picture of 3 × 8 × 8, and two convolutions with rectifiers, of which the second leaves `relu2`, 6 × 4 × 4.
  private static func model(_ end: (inout ONNXBuilder) -> Void) -> ONNXBuilder {
    var numbers = SplitMix(state: 5)
    var model = ONNXBuilder()
    func weights(_ name: String, _ shape: [Int]) {
      model.constant(name, shape, (0..<shape.reduce(1, *)).map { _ in Float.random(in: -0.5...0.5, using: &numbers) })
    }
    model.input("picture", [1, 3, 8, 8])
    weights("w1", [4, 3, 3, 3])
    weights("w2", [6, 4, 3, 3])
    weights("fc", [5, 6])
    weights("square", [6, 6])
    weights("mix", [16, 16])
    weights("one", [1, 6, 1, 1])
    model.integers("tokens", [1, 6, 16])
    model.node("Conv", ["picture", "w1"], ["conv1"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["conv1"], ["relu1"])
    model.node("Conv", ["relu1", "w2"], ["conv2"], ["pads": [1, 1, 1, 1], "strides": [2, 2]])
    model.node("Relu", ["conv2"], ["relu2"])
    end(&model)
    model.output("scores")
    return model
  }

  private static func linear(_ model: inout ONNXBuilder, _ vector: String) {
    model.integers("vectorShape", [1, 6])
    model.node("Reshape", [vector, "vectorShape"], ["vector"])
    model.node("Gemm", ["vector", "fc"], ["scores"], ["transB": 1])
  }

  private func layer(_ model: ONNXBuilder) throws -> (tensor: String, reason: String) {
    let found = try #require(try model.withFile { try Network(contentsOfFile: $0).defaultLayer })
    return (found.layer.tensor, found.reason.description)
  }

  struct Pooling: CustomTestStringConvertible {
    let testDescription: String
    let write: @Sendable (inout ONNXBuilder) -> Void
  }

  static let poolings: [Pooling] = [
    Pooling(testDescription: "a mean") { $0.node("GlobalAveragePool", ["relu2"], ["pooled"]) },
    Pooling(testDescription: "a maximum") { $0.node("GlobalMaxPool", ["relu2"], ["pooled"]) },
    Pooling(testDescription: "a generalised mean") { model in
      model.constant("small", [], [1e-6])
      model.constant("p", [1], [2.5])
      model.constant("q", [1], [0.4])
      model.node("Max", ["relu2", "small"], ["clip"])
      model.node("Pow", ["clip", "p"], ["power"])
      model.node("ReduceMean", ["power"], ["mean"], ["axes": [2, 3]])
      model.node("Pow", ["mean", "q"], ["pooled"])
    },
    Pooling(testDescription: "a root of a mean of squares") { model in
      model.constant("two", [], [2])
      model.node("Pow", ["relu2", "two"], ["squares"])
      model.node("GlobalAveragePool", ["squares"], ["mean"])
      model.node("Sqrt", ["mean"], ["pooled"])
    },
    Pooling(testDescription: "a logarithm of a mean of exponentials") { model in
      model.node("Exp", ["relu2"], ["exponentials"])
      model.node("GlobalAveragePool", ["exponentials"], ["mean"])
      model.node("Log", ["mean"], ["pooled"])
    },
    Pooling(testDescription: "a logarithm of a mean of scaled exponentials") { model in
      model.constant("three", [], [3])
      model.node("Mul", ["relu2", "three"], ["scaled"])
      model.node("Exp", ["scaled"], ["exponentials"])
      model.node("GlobalAveragePool", ["exponentials"], ["mean"])
      model.node("Log", ["mean"], ["log"])
      model.node("Div", ["log", "three"], ["pooled"])
    },
    Pooling(testDescription: "the least product with a prototype over all places") { model in
      model.node("Reshape", ["relu2", "tokens"], ["flat"])
      model.node("Transpose", ["flat"], ["rows"], ["perm": [0, 2, 1]])
      model.node("MatMul", ["rows", "square"], ["products"])
      model.node("ReduceMin", ["products"], ["pooled"], ["axes": [1], "keepdims": 0])
    },
    Pooling(testDescription: "attention over places by a convolution") { model in
      model.integers("row", [1, 1, 16])
      model.integers("2", [2])
      model.node("Conv", ["relu2", "one"], ["map"])
      model.node("Reshape", ["map", "row"], ["places"])
      model.node("Softmax", ["places"], ["attention"], ["axis": 2])
      model.node("Reshape", ["relu2", "tokens"], ["values"])
      model.node("Mul", ["values", "attention"], ["weighted"])
      model.node("ReduceSum", ["weighted", "2"], ["pooled"], ["keepdims": 0])
    },
    Pooling(testDescription: "attention of a mean token to all places, with the batch first") { model in
      model.integers("1", [1])
      model.node("Reshape", ["relu2", "tokens"], ["flat"])
      model.node("Transpose", ["flat"], ["rows"], ["perm": [0, 2, 1]])
      model.node("ReduceMean", ["rows"], ["query"], ["axes": [1]])
      model.node("Concat", ["query", "rows"], ["all"], ["axis": 1])
      model.node("MatMul", ["query", "square"], ["q"])
      model.node("MatMul", ["all", "square"], ["k"])
      model.node("Transpose", ["k"], ["keys"], ["perm": [0, 2, 1]])
      model.node("MatMul", ["q", "keys"], ["products"])
      model.node("Softmax", ["products"], ["attention"], ["axis": -1])
      model.node("MatMul", ["attention", "all"], ["pooled"])
    },
  ]

  @Test("the last rectifier's maps, before pooling begins", arguments: poolings)
  func pooling(pooling: Pooling) throws {
    let found = try layer(
      Self.model { model in
        pooling.write(&model)
        Self.linear(&model, "pooled")
      })
    #expect(found.tensor == "relu2", "\(found.reason)")
  }

  @Test("a mixer: what is averaged at the end, and not the patch embedding")
  func mixer() throws {
    let found = try layer(
      Self.model { model in
        model.constant("scale", [6], [Float](repeating: 1, count: 6))
        model.constant("shift", [6], [Float](repeating: 0, count: 6))
        model.node("Reshape", ["relu2", "tokens"], ["flat"])
        model.node("MatMul", ["flat", "mix"], ["mixed"])
        model.node("Transpose", ["mixed"], ["rows"], ["perm": [0, 2, 1]])
        model.node("MatMul", ["rows", "square"], ["channels"])
        model.node("Add", ["rows", "channels"], ["sum"])
        model.node("LayerNormalization", ["sum", "scale", "shift"], ["normal"])
        model.node("ReduceMean", ["normal"], ["pooled"], ["axes": [1], "keepdims": 0])
        Self.linear(&model, "pooled")
      })
    #expect(found.tensor == "normal")
    #expect(found.reason == "what is averaged over space at the end")
  }

  @Test("a mixer that flattens: the last tokens that everything goes through")
  func flattenedMixer() throws {
    let found = try layer(
      Self.model { model in
        model.constant("head", [96, 5], (0..<480).map { Float($0 % 7) / 7 - 0.5 })
        model.node("Reshape", ["relu2", "tokens"], ["flat"])
        model.node("MatMul", ["flat", "mix"], ["mixed"])
        model.node("Transpose", ["mixed"], ["rows"], ["perm": [0, 2, 1]])
        model.node("MatMul", ["rows", "square"], ["channels"])
        model.node("Add", ["rows", "channels"], ["sum"])
        model.integers("all", [1, 96])
        model.node("Reshape", ["sum", "all"], ["long"])
        model.node("MatMul", ["long", "head"], ["scores"])
      })
    #expect(found.tensor == "sum")
  }

  @Test("only maps of the picture are suggested")
  func suggestions() throws {
    let network = try Self.model { model in
      model.integers("heads", [1, 2, 3, 16])
      model.node("Reshape", ["relu2", "heads"], ["headed"])
      model.node("Transpose", ["headed"], ["turned"], ["perm": [0, 1, 3, 2]])
      model.node("MatMul", ["turned", "headed"], ["products"])
      model.node("Softmax", ["products"], ["attention"], ["axis": -1])
      model.node("MatMul", ["headed", "attention"], ["mixed"])
      model.node("ReduceMean", ["mixed"], ["pooled"], ["axes": [3], "keepdims": 0])
      Self.linear(&model, "pooled")
    }.withFile { try Network(contentsOfFile: $0) }
    #expect(
      network.candidates
        == "Try one of the last: “node_conv1”, “node_relu1”, “node_conv2”, “node_relu2”.")
    #expect(network.layers.contains { $0.tensor == "attention" && !$0.isMap })
  }

  @Test("a classifier that looks at each place by itself mixes none, however its scores are gathered")
  func classifierAtEachPlace() throws {
    let model = Self.model { model in
      model.constant("prototypes", [6, 5], noise(30, seed: 4))
      model.node("Reshape", ["relu2", "tokens"], ["rows"])
      model.node("Transpose", ["rows"], ["places"], ["perm": [0, 2, 1]])
      model.node("MatMul", ["places", "prototypes"], ["distances"])
      model.node("ReduceMin", ["distances"], ["nearest"], ["axes": [1], "keepdims": 0])
      model.node("Neg", ["nearest"], ["scores"])
    }
    #expect(try layer(model).tensor == "relu2")
  }
}
