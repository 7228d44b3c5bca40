import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Operators spelled out in others")
struct SpelledOperatorTests {
  @Test("hand-computed: lengths of windows")
  func lengths() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 4])
    model.node("LpPool", ["x"], ["y"], ["kernel_shape": [1, 2], "strides": [1, 2]])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 1, 1, 4], [3, -4, 5, 12])])
    #expect(try run.output.values == [5, 13])
    #expect(
      try run.gradients([[5, 13]])[0][0].deviation(from: Tensor(shape: [1, 1, 1, 4], [3, -4, 5, 12])) <= 1e-6)
  }
}
