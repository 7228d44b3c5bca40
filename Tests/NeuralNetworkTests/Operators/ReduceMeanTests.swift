import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Means over axes")
struct ReduceMeanTests {
  @Test("hand-computed: the gradient is shared by what was averaged")
  func handComputed() throws {
    var model = ONNXBuilder(opset: 18)
    model.input("x", [2, 2])
    model.integers("axes", [0])
    model.node("ReduceMean", ["x", "axes"], ["y"], ["keepdims": 0])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [2, 2], [1, 2, 5, 10])])
    #expect(try run.output == Tensor(shape: [2], [3, 6]))
    #expect(try run.gradients([[2, 4]])[0][0] == Tensor(shape: [2, 2], [1, 2, 1, 2]))
  }
}
