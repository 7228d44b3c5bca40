import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Matrix products")
struct ProductTests {
  private let x = Tensor(shape: [1, 2], [2, 3])

  @Test("a hand-computed fully connected layer")
  func gemm() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2])
    model.constant("w", [3, 2], [1, 10, 2, 20, 3, 30])
    model.constant("b", [3], [100, 200, 300])
    model.node("Gemm", ["x", "w", "b"], ["y"], ["transB": 1, "alpha": 2.0, "beta": 0.5])
    model.output("y")
    let run = try ModelRun(model, inputs: [x])
    #expect(try run.output == Tensor(shape: [1, 3], [114, 228, 342]))
    #expect(try run.gradients([[1, 0, 0], [0, 1, 1]]).map { $0[0].values } == [[2, 20], [10, 100]])
  }

  @Test("a hand-computed matrix product")
  func matMul() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2])
    model.constant("w", [2, 2], [1, 2, 3, 4])
    model.node("MatMul", ["x", "w"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [x])
    #expect(try run.output == Tensor(shape: [1, 2], [11, 16]))
    #expect(try run.gradients([[1, 10]])[0][0].values == [21, 43])
  }
}
