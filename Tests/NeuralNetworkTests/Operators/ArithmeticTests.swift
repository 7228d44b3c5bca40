import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Arithmetic and broadcasting")
struct ArithmeticTests {
  private let a = Tensor(shape: [2, 2], [1, 2, 3, 4])
  private let b = Tensor(shape: [2], [2, -4])

  @Test(
    "hand-computed results, and gradients summed over what was repeated",
    arguments: [
      ("Add", [3, -2, 5, 0], [1, 10, 100, 1000], [101, 1010]),
      ("Sub", [-1, 6, 1, 8], [1, 10, 100, 1000], [-101, -1010]),
      ("Mul", [2, -8, 6, -16], [2, -40, 200, -4000], [301, 4020]),
      // ∂(a/b)/∂b = −a/b².
      ("Div", [0.5, -0.5, 1.5, -1], [0.5, -2.5, 50, -250], [-75.25, -251.25]),
    ] as [(String, [Float], [Float], [Float])])
  func handComputed(operatorType: String, output: [Float], first: [Float], second: [Float]) throws {
    var model = ONNXBuilder()
    model.input("a", a.shape)
    model.input("b", b.shape)
    model.node(operatorType, ["a", "b"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [a, b])
    #expect(try run.output == Tensor(shape: [2, 2], output))
    #expect(try run.gradients([[1, 10, 100, 1000]])[0].map(\.values) == [first, second])
  }

  @Test("a value used twice gets the sum of both gradients", arguments: [("Add", [2, 2]), ("Mul", [6, -10])])
  func fanOut(operatorType: String, expected: [Float]) throws {
    var model = ONNXBuilder()
    model.input("x", [2])
    model.node(operatorType, ["x", "x"], ["y"])
    model.output("y")
    #expect(try ModelRun(model, inputs: [Tensor(shape: [2], [3, -5])]).gradients([[1, 1]])[0][0].values == expected)
  }
}
