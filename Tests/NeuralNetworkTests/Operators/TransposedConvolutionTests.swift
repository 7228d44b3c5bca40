import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Transposed convolution")
struct TransposedConvolutionTests {
  @Test("hand-computed: each element of the input paints the kernel, and the gradient gathers it again")
  func handComputed() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 2])
    model.constant("w", [1, 1, 1, 3], [1, 10, 100])
    model.constant("b", [1], [1000])
    model.node("ConvTranspose", ["x", "w", "b"], ["y"], ["strides": [1, 2]])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 1, 1, 2], [2, 3])])
    #expect(try run.output == Tensor(shape: [1, 1, 1, 5], [1002, 1020, 1203, 1030, 1300]))
    #expect(try run.gradients([[1, 2, 3, 4, 5]])[0][0].values == [321, 543])
  }

  @Test(
    "attributes that contradict each other",
    arguments: [
      (
        ["strides": [0, 1]],
        "has an impossible kernel [2, 2], strides [0, 1], dilations [1, 1], pads [0, 0, 0, 0], output padding [0, 0] or output shape."
      ),
      (
        ["output_shape": [3]],
        "has an impossible kernel [2, 2], strides [1, 1], dilations [1, 1], pads [0, 0, 0, 0], output padding [0, 0] or output shape [3]."
      ),
      (
        ["output_padding": [1, 0]],
        "makes 3×3 to 5×4 with strides [1, 1], which is not supported. Its output padding must be smaller than its strides."
      ),
      (
        ["pads": [9, 9, 9, 9]],
        "makes 3×3 to -14×-14 with strides [1, 1], which is not supported. Its output padding must be smaller than its strides."
      ),
      (["auto_pad": "SOMEHOW"], "has the unknown auto_pad “SOMEHOW”."),
      (["group": 2], "has weights 3×2×2×2 in 2 group(s), which do not fit an input of 1×3×3×3."),
    ] as [([String: ONNXAttributeLiteral], String)])
  func faults(attributes: [String: ONNXAttributeLiteral], expected: String) throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 3, 3])
    model.constant("w", [3, 2, 2, 2], [Float](repeating: 1, count: 24))
    model.node("ConvTranspose", ["x", "w"], ["c"], attributes)
    model.node("GlobalAveragePool", ["c"], ["y"])
    model.output("y")
    #expect(
      try ImportFaultTests.message(model.bytes) == "model.onnx: error: node “node_c” (ConvTranspose) \(expected)")
  }
}
