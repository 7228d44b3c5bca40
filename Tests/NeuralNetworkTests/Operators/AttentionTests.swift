import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Attention")
struct AttentionTests {
  @Test("hand-computed: equal scores give the mean of the values")
  func handComputed() throws {
    var model = ONNXBuilder(opset: 23)
    model.input("v", [1, 1, 2, 2])
    model.constant("q", [1, 1, 1, 2], [0, 0])
    model.constant("k", [1, 1, 2, 2], [1, 2, 3, 4])
    model.node("Attention", ["q", "k", "v"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 1, 2, 2], [1, 2, 5, 8])])
    #expect(try run.output.values == [3, 5])
    #expect(try run.gradients([[2, 4]])[0][0].values == [1, 2, 1, 2])
  }

  @Test(
    "attention that is more than that is refused",
    arguments: [["is_causal": 1], ["softcap": 2.0]]
      as [[String: ONNXAttributeLiteral]])
  func faults(attributes: [String: ONNXAttributeLiteral]) throws {
    var model = ONNXBuilder(opset: 23)
    model.input("x", [1, 1, 2, 2])
    model.node("Attention", ["x", "x", "x"], ["y"], attributes)
    model.output("y")
    #expect(
      try ImportFaultTests.message(model.bytes)
        == "model.onnx: error: node “node_y” (Attention) is attention with a past, masks of its own, a cap, or shared heads, "
        + "which is not supported. Export the model with operator set 17, in which exporters spell it out.")
  }

  @Test("hand-computed: a mask of truth values leaves keys out")
  func mask() throws {
    var model = ONNXBuilder(opset: 23)
    model.input("v", [1, 1, 3, 1])
    model.constant("q", [1, 1, 1, 2], [0, 0])
    model.constant("k", [1, 1, 3, 2], [1, 2, 3, 4, 5, 6])
    model.constant(ONNXTensorLiteral(shape: [1, 3], dataType: 9, name: "mask") { $0.bytes(9, [1, 0, 1]) })
    model.node("Attention", ["q", "k", "v", "mask"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 1, 3, 1], [1, 100, 5])])
    #expect(try run.output.values == [3])
    #expect(try run.gradients([[2]])[0][0].values == [1, 0, 1])
  }
}
