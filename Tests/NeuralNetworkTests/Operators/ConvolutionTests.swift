import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Convolution")
struct ConvolutionTests {
  @Test("a hand-computed 2×2 kernel with stride 1 and its gradient")
  func handComputed() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 3, 3])
    model.constant("w", [1, 1, 2, 2], [1, 2, 3, 4])
    model.constant("b", [1], [10])
    model.node("Conv", ["x", "w", "b"], ["y"])
    model.output("y")
    let x = Tensor(shape: [1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let run = try ModelRun(model, inputs: [x])
    // 1·1 + 2·2 + 4·3 + 5·4 + 10, and so on.
    #expect(try run.output == Tensor(shape: [1, 1, 2, 2], [47, 57, 77, 87]))
    // Each output's gradient times the kernel, where the kernel stood.
    #expect(
      try run.gradients([[1, 0, 0, 10]])[0][0]
        == Tensor(shape: [1, 1, 3, 3], [1, 2, 0, 3, 14, 20, 0, 30, 40]))
  }
}
