import TestSupport
import Testing

@testable import NeuralNetwork

/// What ONNX Runtime writes when it optimises.
@Suite("Fused operators of ONNX Runtime")
struct FusedOperatorTests {
  @Test("the rectifier inside of a convolution follows the guided rule, and has the node's name")
  func guided() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 2])
    model.constant("w", [1, 1, 1, 1], [2])
    model.node("FusedConv", ["x", "w"], ["y"], ["activation": "Relu"], domain: "com.microsoft")
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 1, 1, 2], [3, -1])])
    #expect(try run.output.values == [6, 0])
    #expect(run.graph.nodes.map(\.operatorType) == ["Conv", "Relu"])
    #expect(run.graph.nodes[1].name == "node_y")
    #expect(
      try run.gradients([[-1, 1], [1, 1]], rules: [.guided, .guided]).map { $0[0].values } == [[0, 0], [2, 0]])
  }

  @Test("the sum of a skip connection is an output of its own")
  func sum() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 2])
    model.constant("skip", [1, 1, 2], [10, 20])
    model.constant("scale", [2], [1, 1])
    model.constant("shift", [2], [0, 0])
    model.node(
      "SkipLayerNormalization", ["x", "skip", "scale", "shift"], ["n", "", "", "y"], domain: "com.microsoft")
    model.output("y")
    #expect(try ModelRun(model, inputs: [Tensor(shape: [1, 1, 2], [1, 2])]).output.values == [11, 22])
  }

  @Test("activations that are not known")
  func faults() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 1])
    model.constant("w", [1, 1, 1, 1], [2])
    model.node("FusedConv", ["x", "w"], ["y"], ["activation": "Fancy"], domain: "com.microsoft")
    model.output("y")
    #expect(
      try ImportFaultTests.message(model.bytes)
        == "model.onnx: error: node “node_y” (FusedConv) holds the activation “Fancy” with 0 numbers, which is not supported."
    )
  }
}
