import TestSupport
import Testing

@testable import NeuralNetwork

/// What is said of models whose input is no picture, or has another size than was asked for: input → exact text.
@Suite("Faults of inputs")
struct InputFaultTests {
  static let inputs: [(shape: [Int]?, requested: [Int]?, expected: String)] = [
    ([1, 3, 8, 8], [1, 3, 8, 8], "no fault"), ([-1, 3, -1, -1], [1, 3, 8, 8], "no fault"),
    ([0, 3, 8, 8], nil, "no fault"),
    (nil, [1, 3, 8, 8], "no fault"),
    (
      [1, 3, 8, 8], [1, 3, 9, 9],
      "the model takes 1×3×8×8, but 1×3×9×9 was asked for. Set `size: [8, 8]` in the model card."
    ),
    (
      [1, 3, 8, 8], [1, 1, 8, 8],
      "the model takes 1×3×8×8, but 1×1×8×8 was asked for. Check `channels` in the model card."
    ),
    (
      [1, 4, 8, 8], [1, 3, 8, 8],
      "the model takes 1×4×8×8, but 1×3×8×8 was asked for. "
        + "Pictures have 1 or 3 channels: explain a .npy tensor, with the .onnx file itself as the model."
    ),
    (
      [-1, 3, -1, 8], nil,
      "the model leaves the size of its input open (axis0×3×axis2×8). "
        + "Give `size` in the model card, or explain a .npy tensor."
    ),
    (nil, nil, "the model does not state the shape of its input. Give `size` in the model card."),
    ([1, 3, 8], nil, "the input “x” has rank 3; pictures are [N, C, H, W]."),
    ([], nil, "the input “x” has rank 0; pictures are [N, C, H, W]."),
    ([Int](repeating: 1, count: 13), nil, "the input “x” has rank 13; pictures are [N, C, H, W]."),
    ([1, 3, Int.max, 8], nil, "the input shape 1×3×\(Int.max)×8 is impossible."),
    ([1, 3, -1, -1], [1, 3, -5, 8], "the input shape 1×3×-5×8 is impossible."),
    (
      [1, 16384, 16384, 16384], nil,
      "the input “x” has shape 1×16384×16384×16384, with which the network takes more than 4 GiB. "
        + "Try a smaller input size."
    ),
  ]

  @Test("sizes of the input", arguments: inputs.indices)
  func input(index: Int) throws {
    let (shape, requested, expected) = Self.inputs[index]
    var model = ONNXBuilder()
    model.input("x", shape)
    model.node("GlobalAveragePool", ["x"], ["y"])
    model.output("y")
    let prefix = expected == "no fault" ? "" : "model.onnx: error: "
    #expect(try ImportFaultTests.message(model.bytes, inputShape: requested) == prefix + expected)
  }

  @Test("more inputs than one, or none, or one of another type")
  func inputCount() throws {
    var model = ONNXBuilder()
    #expect(
      try ImportFaultTests.message(ONNXBuilder.withoutInput.bytes)
        == "model.onnx: error: the model has no input; an image classifier has one.")
    model.input("a", [1, 1, 1, 1])
    model.input("b", [1, 1, 1, 1])
    model.node("Add", ["a", "b"], ["y"])
    model.output("y")
    #expect(
      try ImportFaultTests.message(model.bytes)
        == "model.onnx: error: the model has 2 inputs: “a” (1×1×1×1, float32), “b” (1×1×1×1, float32); an image classifier has "
        + "one. Say what all but the picture are given: with `inputs:` in the model card, or with --input.")
    var bytes = ONNXBuilder()
    bytes.input("x", [1, 1, 1, 1], elementType: 8)
    bytes.node("Relu", ["x"], ["y"])
    bytes.output("y")
    #expect(
      try ImportFaultTests.message(bytes.bytes)
        == "model.onnx: error: the input “x” takes strings, which no picture is made of. "
        + "Export the model with a float32 input.")
  }

  @Test("weights that are listed among the inputs, as old exporters do, are none")
  func initializersAmongInputs() throws {
    var model = ONNXBuilder(opset: 8)
    model.input("x", [1, 2, 1, 1])
    model.input("w", [1, 2, 1, 1])
    model.constant("w", [1, 2, 1, 1], [1, 2])
    model.node("Add", ["x", "w"], ["y"])
    model.output("y")
    #expect(try ImportFaultTests.message(model.bytes) == "no fault")
  }
}

extension ONNXBuilder {
  fileprivate static var withoutInput: ONNXBuilder {
    var model = ONNXBuilder()
    model.node("Constant", [], ["y"], ["value_float": 1.0])
    model.output("y")
    return model
  }
}
