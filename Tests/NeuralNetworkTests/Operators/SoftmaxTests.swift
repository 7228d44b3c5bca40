import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Softmax")
struct SoftmaxTests {
  @Test("hand-computed: y (dy − Σ dy · y)")
  func handComputed() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2])
    model.node("Softmax", ["x"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 2], [0, 1.0986123])])
    // exp(ln 3) = 3.
    #expect(try run.output.deviation(from: Tensor(shape: [1, 2], [0.25, 0.75])) <= 1e-6)
    let gradient = try run.gradients([[16, 0]])[0][0]
    #expect(gradient.deviation(from: Tensor(shape: [1, 2], [3, -3])) <= 1e-5)
  }
}
