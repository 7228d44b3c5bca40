import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Batch normalisation of constants in training mode")
struct BatchStatisticsTests {
  private func model(opset: Int = 17, outputs: [String], read: String, attributes: [String: ONNXAttributeLiteral])
    -> ONNXBuilder
  {
    var model = ONNXBuilder(opset: opset)
    model.input("x", [1])
    model.constant("w", [1, 2, 4], [1, 3, 5, 7, -2, -2, 2, 2])
    for (name, values) in [("scale", [2, 3]), ("bias", [1, -1]), ("mean", [10, 20]), ("variance", [1, 2])]
      as [(String, [Float])]
    {
      model.constant(name, [2], values)
    }
    model.node("BatchNormalization", ["w", "scale", "bias", "mean", "variance"], outputs, attributes)
    model.node("Mul", ["x", read], ["y"])
    model.output("y")
    return model
  }

  private func values(_ model: ONNXBuilder) throws -> [Float] {
    try ModelRun(model, inputs: [Tensor(shape: [1], [1])]).output.values
  }

  @Test("hand-computed: the statistics are the tensor's own", arguments: [17, 9])
  func handComputed(opset: Int) throws {
    // Mean 4 and variance 5, mean 0 and variance 4; ε makes the roots whole.
    let outputs = opset < 14 ? ["n", "a", "b", "c", "d"] : ["n", "a", "b"]
    var attributes: [String: ONNXAttributeLiteral] = ["epsilon": 4.0]
    if opset >= 14 { attributes["training_mode"] = 1 }
    let expected: [Float] =
      [-1, 1 - 2 / 3.0, 1 + 2 / 3.0, 3]
      + [-1, -1, -1, -1].enumerated().map { index, bias in
        bias + (index < 2 ? -1 : 1) * 6 / Float(8).squareRoot()
      }
    let found = try values(model(opset: opset, outputs: outputs, read: "n", attributes: attributes))
    #expect(Tensor(shape: [8], found).deviation(from: Tensor(shape: [8], expected)) <= 1e-6)
  }

  @Test("the running statistics move a part of the way, and old operator sets give the tensor's own too")
  func running() throws {
    let attributes: [String: ONNXAttributeLiteral] = ["momentum": 0.75, "training_mode": 1]
    let new = ["n", "mean2", "variance2"]
    #expect(try values(model(outputs: new, read: "mean2", attributes: attributes)) == [8.5, 15])
    #expect(try values(model(outputs: new, read: "variance2", attributes: attributes)) == [2, 2.5])
    let old = new + ["saved mean", "saved variance"]
    let momentum: [String: ONNXAttributeLiteral] = ["momentum": 0.75]
    #expect(try values(model(opset: 9, outputs: old, read: "mean2", attributes: momentum)) == [8.5, 15])
    #expect(try values(model(opset: 9, outputs: old, read: "saved mean", attributes: momentum)) == [4, 0])
    #expect(try values(model(opset: 9, outputs: old, read: "saved variance", attributes: momentum)) == [5, 4])
  }

  @Test("of activations it is refused, also where an old operator set says so by its outputs alone")
  func activations() throws {
    for (opset, outputs, attributes) in [
      (17, ["n", "a", "b"], ["training_mode": 1]), (9, ["n", "a", "b", "c", "d"], [:]),
    ] as [(Int, [String], [String: ONNXAttributeLiteral])] {
      var model = ONNXBuilder(opset: opset)
      model.input("x", [1, 2, 1, 1])
      for name in ["scale", "bias", "mean", "variance"] { model.constant(name, [2], [1, 2]) }
      model.node("BatchNormalization", ["x", "scale", "bias", "mean", "variance"], outputs, attributes)
      model.output("n")
      #expect(
        try ImportFaultTests.message(model.bytes)
          == "model.onnx: error: node “node_n” (BatchNormalization) is in training mode. "
          + "Export the model in evaluation mode (`model.eval()`).")
    }
  }

  @Test("spatial = 0 makes no difference where there is one place, and is refused elsewhere")
  func spatial() throws {
    func model(_ shape: [Int], parameters: [Int]) -> ONNXBuilder {
      var model = ONNXBuilder(opset: 7)
      model.input("x", shape)
      for name in ["scale", "bias", "mean", "variance"] {
        model.constant(name, parameters, [Float](repeating: 1, count: parameters.reduce(1, *)))
      }
      model.node(
        "BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["n"], ["spatial": 0, "epsilon": 3.0])
      model.node("GlobalAveragePool", ["n"], ["y"])
      model.output("y")
      return model
    }
    let run = try ModelRun(model([1, 2, 1, 1], parameters: [2]), inputs: [Tensor(shape: [1, 2, 1, 1], [3, 5])])
    #expect(try run.output.values == [2, 3])
    #expect(
      try ImportFaultTests.message(model([1, 2, 2, 1], parameters: [2, 2, 1]).bytes)
        == "model.onnx: error: node “node_n” (BatchNormalization) has spatial = 0, statistics for each place of a map rather "
        + "than for each channel, which is not supported. Export the model with spatial = 1.")
  }
}
