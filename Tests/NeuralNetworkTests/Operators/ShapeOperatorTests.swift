import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Operators that move elements")
struct ShapeOperatorTests {
  @Test("a hand-computed transposition and its inverse on the way back")
  func transpose() throws {
    var model = ONNXBuilder()
    model.input("x", [2, 3])
    model.node("Transpose", ["x"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6])])
    #expect(try run.output == Tensor(shape: [3, 2], [1, 4, 2, 5, 3, 6]))
    #expect(try run.gradients([[1, 2, 3, 4, 5, 6]])[0][0] == Tensor(shape: [2, 3], [1, 3, 5, 2, 4, 6]))
  }

  @Test("a chain of shapes keeps the elements in order, forward and back")
  func chain() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 2, 1])
    model.integers("axes", [0])
    model.integers("shape", [4, -1])
    model.node("Flatten", ["x"], ["a"])
    model.node("Squeeze", ["a", "axes"], ["b"])
    model.node("Unsqueeze", ["b", "axes"], ["c"])
    model.node("Reshape", ["c", "shape"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 2, 2, 1], [1, 2, 3, 4])])
    #expect(try run.output == Tensor(shape: [4, 1], [1, 2, 3, 4]))
    #expect(try run.gradients([[5, 6, 7, 8]])[0][0] == Tensor(shape: [1, 2, 2, 1], [5, 6, 7, 8]))
  }
}
