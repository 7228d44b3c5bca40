import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Operators that are known when the model is loaded")
struct LiteralTests {
  @Test(
    "Constant in each of its forms",
    arguments: [
      (["value": .tensor(ONNXTensorLiteral(shape: [2], [3, 4]))], [4, 6]), (["value_float": 2.5], [3.5, 4.5]),
      (["value_floats": .floats([5, 6])], [6, 8]), (["value_float": .zero(type: 1)], [1, 2]),
    ] as [([String: ONNXAttributeLiteral], [Float])])
  func constant(attributes: [String: ONNXAttributeLiteral], output: [Float]) throws {
    var model = ONNXBuilder()
    model.input("x", [2])
    model.node("Constant", [], ["c"], attributes)
    model.node("Add", ["x", "c"], ["y"])
    model.output("y")
    #expect(try ModelRun(model, inputs: [Tensor(shape: [2], [1, 2])]).output.values == output)
  }

  @Test(
    "Dropout that drops is refused, and Dropout in training mode that drops nothing is not",
    arguments: [0.5, 0] as [Float])
  func dropout(ratio: Float) throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 1, 1])
    model.constant("ratio", [], [ratio])
    model.constant(ONNXTensorLiteral(shape: [], dataType: 9, name: "training") { $0.bytes(9, [1]) })
    model.node("Dropout", ["x", "ratio", "training"], ["y"])
    model.node("Relu", ["y"], ["z"])
    model.output("z")
    #expect(
      try ImportFaultTests.message(model.bytes)
        == (ratio == 0
          ? "no fault"
          : "model.onnx: error: node “node_y” (Dropout) is in training mode. "
            + "Export the model in evaluation mode (`model.eval()`)."))
  }

  @Test(
    "integer Constants are shapes",
    arguments: [
      ["value_ints": [2, -1]], ["value": .tensor(ONNXTensorLiteral(shape: [2], integers: [2, -1]))],
    ] as [[String: ONNXAttributeLiteral]])
  func integerConstant(attributes: [String: ONNXAttributeLiteral]) throws {
    var model = ONNXBuilder()
    model.input("x", [6])
    model.node("Constant", [], ["shape"], attributes)
    model.node("Reshape", ["x", "shape"], ["y"])
    model.output("y")
    #expect(try ModelRun(model, inputs: [Tensor(shape: [6])]).output.shape == [2, 3])
  }

  @Test(
    "a single integer Constant is an axis, and one that its writer left out is zero",
    arguments: [.integer(0), .zero(type: 2)] as [ONNXAttributeLiteral])
  func scalarConstant(value: ONNXAttributeLiteral) throws {
    var model = ONNXBuilder()
    model.input("x", [3])
    model.node("Constant", [], ["axis"], ["value_int": value])
    model.node("Unsqueeze", ["x", "axis"], ["y"])
    model.output("y")
    #expect(try ModelRun(model, inputs: [Tensor(shape: [3])]).output.shape == [1, 3])
  }

  @Test(
    "ConstantOfShape repeats its value, which is zero by default",
    arguments: [([:], 0), (["value": .tensor(ONNXTensorLiteral(shape: [1], [7]))], 7)]
      as [([String: ONNXAttributeLiteral], Float)])
  func constantOfShape(attributes: [String: ONNXAttributeLiteral], value: Float) throws {
    var model = ONNXBuilder()
    model.input("x", [2, 1])
    model.integers("shape", [2, 3])
    model.node("ConstantOfShape", ["shape"], ["c"], attributes)
    model.node("Add", ["x", "c"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [2, 1], [1, 2])])
    #expect(try run.output == Tensor(shape: [2, 3], [1, 1, 1, 2, 2, 2].map { $0 + value }))
    #expect(try run.gradients([[1, 2, 3, 4, 5, 6]])[0][0].values == [6, 15])
  }
}
