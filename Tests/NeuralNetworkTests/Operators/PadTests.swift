import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Padding")
struct PadTests {
  @Test(
    "hand-computed: each element of the input collects the gradients of its copies",
    arguments: [
      ("constant", [9, 9, 1, 2, 3, 9], [4, 8, 16]), ("edge", [1, 1, 1, 2, 3, 3], [7, 8, 48]),
      ("reflect", [3, 2, 1, 2, 3, 2], [4, 42, 17]), ("wrap", [2, 3, 1, 2, 3, 1], [36, 9, 18]),
    ] as [(String, [Float], [Float])])
  func handComputed(mode: String, output: [Float], gradient: [Float]) throws {
    var model = ONNXBuilder(opset: 19)
    model.input("x", [1, 3])
    model.integers("pads", [0, 2, 0, 1])
    model.constant("value", [], [9])
    model.node("Pad", ["x", "pads", "value"], ["y"], ["mode": .string(mode)])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 3], [1, 2, 3])])
    #expect(try run.output == Tensor(shape: [1, 6], output))
    #expect(try run.gradients([[1, 2, 4, 8, 16, 32]])[0][0].values == gradient)
  }
}
