import TestSupport
import Testing

@testable import NeuralNetwork

/// What is said of single nodes that make no sense, in models that are otherwise right: node → exact text.
@Suite("Faults of nodes")
struct NodeFaultTests {
  /// A node that reads `x` of 1×4×6×6 and whatever constants are named here.
  struct Fault: CustomTestStringConvertible {
    var operatorType: String
    var inputs: [String] = ["x"]
    var attributes: [String: ONNXAttributeLiteral] = [:]
    var opset = 17
    var expected: String

    var testDescription: String { "\(operatorType) \(attributes.keys.sorted()) \(expected)" }

    init(
      _ operatorType: String, _ inputs: [String] = ["x"], _ attributes: [String: ONNXAttributeLiteral] = [:],
      opset: Int = 17, says expected: String = ""
    ) {
      self.operatorType = operatorType
      self.inputs = inputs
      self.attributes = attributes
      self.opset = opset
      self.expected = expected
    }
  }

  static func model(_ fault: Fault) -> ONNXBuilder {
    var model = ONNXBuilder(opset: fault.opset)
    model.input("x", [1, 4, 6, 6])
    model.constant("w", [2, 4, 3, 3], [Float](repeating: 1, count: 72))
    model.constant("emptyWeights", [0, 4, 3, 3], [])
    model.constant("emptyMaps", [1, 0, 3, 3], [])
    model.constant("kernel7", [1, 4, 7, 7], [Float](repeating: 1, count: 196))
    model.constant("vector3", [3], [1, 2, 3])
    model.constant("vector4", [4], [1, 2, 3, 4])
    model.constant("matrix", [2, 3], [1, 2, 3, 4, 5, 6])
    model.constant("empty", [0], [])
    model.constant("rank12", [Int](repeating: 1, count: 12), [1])
    model.constant(
      ONNXTensorLiteral(shape: [2, 4, 3, 3], dataType: 9, name: "flags") { $0.bytes(9, Array(repeating: 1, count: 72)) }
    )
    model.integers("integers", [1, 2])
    model.integers("huge", [Int.max, Int.max])
    model.integers("minimum", [Int.min, 0, 0, 0, 0, 0, 0, 0])
    model.integers("large", [1 << 19, 1 << 19, 1 << 19, 1 << 19, 0, 0, 0, 0])
    model.integers("one", [1])
    model.integers("free", [-1, -1])
    model.integers("negative", [-5, 144])
    model.integers("rank13", [Int](repeating: 1, count: 12) + [144])
    model.node(fault.operatorType, fault.inputs, ["y"], fault.attributes)
    model.node("Flatten", ["y"], ["z"])
    model.output("z")
    return model
  }

  static let windows: [Fault] =
    [
      Fault("Conv", ["x"], says: "lacks its input 1. The file is damaged."),
      Fault(
        "Conv", ["x", "x"],
        says: "takes its weights from another node; only a constant is supported there. "
          + "Export the model with constant folding and fixed input sizes."),
      Fault(
        "Conv", ["x", "matrix"], says: "has weights 2×3 in 1 group(s), which do not fit an input of 1×4×6×6."),
      Fault(
        "Conv", ["x", "emptyWeights"], says: "has weights 0×4×3×3 in 1 group(s), which do not fit an input of 1×4×6×6."),
      Fault(
        "Conv", ["emptyMaps", "w"],
        says: "has weights 2×4×3×3 in 1 group(s), which do not fit an input of 1×0×3×3."),
      Fault(
        "ConvTranspose", ["emptyMaps", "w"],
        says: "has weights 2×4×3×3 in 1 group(s), which do not fit an input of 1×0×3×3."),
      Fault("Conv", ["x", "flags"], says: "has weights 2×4×3×3 in 1 group(s), which do not fit an input of 1×4×6×6."),
      Fault(
        "Conv", ["x", "w", "vector3"], says: "has weights 2×4×3×3 in 1 group(s), which do not fit an input of 1×4×6×6."),
    ]
    + [0, -1, 2, 5, Int.max, Int.min].map {
      Fault(
        "Conv", ["x", "w"], ["group": .integer($0)],
        says: "has weights 2×4×3×3 in \($0) group(s), which do not fit an input of 1×4×6×6.")
    }
    + [
      Fault(
        "Conv", ["x", "kernel7"],
        says: "has a kernel of 7 for an input of only 6 along spatial axis 0. Try a larger input size."),
      Fault("Conv", ["x", "w"], ["kernel_shape": [2, 2]], says: "has no kernel shape that fits its input."),
      Fault(
        "Conv", ["x", "w"], ["strides": [0, 1]],
        says: "has impossible strides [0, 1], dilations [1, 1] or pads [0, 0, 0, 0]."),
      Fault(
        "Conv", ["x", "w"], ["dilations": .integers([Int.max, 1])],
        says: "has impossible strides [1, 1], dilations [\(Int.max), 1] or pads [0, 0, 0, 0]."),
      Fault(
        "Conv", ["x", "w"], ["pads": [1, 1]], says: "has impossible strides [1, 1], dilations [1, 1] or pads [1, 1]."),
      Fault(
        "Conv", ["x", "w"], ["pads": .integers([Int.min, 0, 0, 0])],
        says: "has impossible strides [1, 1], dilations [1, 1] or pads [\(Int.min), 0, 0, 0]."),
      Fault("Conv", ["x", "w"], ["auto_pad": "SOMEHOW"], says: "has the unknown auto_pad “SOMEHOW”."),
      Fault("MaxPool", says: "has no kernel shape that fits its input."),
      Fault("MaxPool", ["x"], ["kernel_shape": [2]], says: "has no kernel shape that fits its input."),
      Fault(
        "MaxPool", ["x"], ["kernel_shape": [0, 2]],
        says: "has impossible strides [1, 1], dilations [1, 1] or pads [0, 0, 0, 0]."),
      Fault(
        "AveragePool", ["x"], ["kernel_shape": [2, 2], "dilations": [8, 1]],
        says: "has a kernel of 9 for an input of only 6 along spatial axis 0. Try a larger input size."),
      Fault(
        "GlobalAveragePool", ["matrix"],
        says: "slides over a tensor of shape 2×3, which has not one to three spatial axes."),
      Fault(
        "GlobalMaxPool", ["rank12"],
        says: "slides over a tensor of shape 1×1×1×1×1×1×1×1×1×1×1×1, which has not one to three spatial axes."),
    ]

  static let attributes: [Fault] = [
    Fault("Relu", ["x"], ["alpha": 0.5], says: "has an attribute “alpha”, which is not known for this operator."),
    Fault(
      "Conv", ["x", "w"], ["group": 1, "mystery": "a", "another": [1]],
      says: "has an attribute “another”, which is not known for this operator."),
  ]

  static let attributeTypes: [(fault: Fault, expected: String)] = [
    (Fault("Conv", ["x", "w"], ["group": "two"]), "attribute “group” is not an integer."),
    (Fault("Conv", ["x", "w"], ["group": [1]]), "attribute “group” is not an integer."),
    (Fault("Conv", ["x", "w"], ["strides": 2]), "attribute “strides” is not a list of integers."),
    (Fault("Conv", ["x", "w"], ["strides": .floats([2])]), "attribute “strides” is not a list of integers."),
    (Fault("Conv", ["x", "w"], ["auto_pad": 1]), "attribute “auto_pad” is not a string."),
    (Fault("LRN", ["x"], ["size": 5, "alpha": 1]), "attribute “alpha” is not a number."),
    (Fault("Constant", [], ["value": 3]), "attribute “value” is not a tensor."),
    (Fault("Constant", [], ["value_floats": [3]]), "attribute “value_floats” is not a list of numbers."),
    (Fault("ConstantOfShape", ["one"], ["value": 1.0]), "attribute “value” is not a tensor."),
  ]

  static let shapes: [Fault] = [
    Fault("Add", ["x", "vector3"], says: "combines shapes 1×4×6×6 and 3, which do not fit."),
    Fault("Sum", ["x", "x", "vector4"], says: "combines shapes 1×4×6×6 and 4, which do not fit."),
    Fault("Sum", [], says: "lacks its input 0. The file is damaged."),
    Fault("Add", ["x", ""], says: "lacks its input 1. The file is damaged."),
    Fault("Mul", ["x", "empty"], says: "combines shapes 1×4×6×6 and 0, which do not fit."),
    Fault("Gemm", ["x", "matrix"], says: "multiplies matrices 1×4×6×6 and 2×3, which do not fit."),
    Fault("Gemm", ["matrix", "matrix"], says: "multiplies matrices 2×3 and 2×3, which do not fit."),
    Fault("MatMul", ["x", "vector4"], says: "multiplies matrices 1×4×6×6 and 4, which do not fit."),
    Fault("Concat", [], ["axis": 0], says: "has no inputs."),
    Fault("Concat", ["x", "matrix"], ["axis": 0], says: "joins shapes 1×4×6×6, 2×3, which do not fit."),
    Fault("Concat", ["x", "x"], ["axis": 4], says: "has axis 4 for a tensor of rank 4."),
    Fault("Concat", ["x", "x"], ["axis": .integer(Int.min)], says: "has axis \(Int.min) for a tensor of rank 4."),
    Fault(
      "Reshape", ["x", "integers"],
      says: "cannot give 1×4×6×6 the shape 1×2. The model may be made for another input size."),
    Fault(
      "Reshape", ["x", "huge"],
      says: "cannot give 1×4×6×6 the shape \(Int.max)×\(Int.max). The model may be made for another input size."),
    Fault(
      "Reshape", ["x", "free"],
      says: "cannot give 1×4×6×6 the shape -1×-1. The model may be made for another input size."),
    Fault(
      "Reshape", ["x", "negative"],
      says: "cannot give 1×4×6×6 the shape -5×144. The model may be made for another input size."),
    Fault("Flatten", ["x"], ["axis": 5], says: "has axis 5 for a tensor of rank 4."),
    Fault("Squeeze", ["x", "one"], says: "drops an axis of 1×4×6×6 whose size is not 1."),
    Fault("Unsqueeze", ["x"], ["axes": [0, 0]], opset: 12, says: "inserts an axis twice."),
    Fault("Unsqueeze", ["x"], ["axes": [9]], opset: 12, says: "has axis 9 for a tensor of rank 5."),
    Fault("Transpose", ["x"], ["perm": [0, 1, 2]], says: "has the permutation [0, 1, 2] for a tensor of rank 4."),
    Fault(
      "Transpose", ["x"], ["perm": [0, 1, 2, 2]], says: "has the permutation [0, 1, 2, 2] for a tensor of rank 4."),
    Fault("Softmax", ["x"], ["axis": -5], says: "has axis -5 for a tensor of rank 4."),
    Fault("ReduceMean", ["x"], ["axes": [4]], says: "has axis 4 for a tensor of rank 4."),
    Fault("Pad", ["x"], opset: 10, says: "has no pads."),
    Fault("Pad", ["x", "one"], says: "has 1 pads for 4 axes."),
    Fault(
      "Pad", ["x", "minimum"], says: "has an unknown mode or impossible pads [\(Int.min), 0, 0, 0, 0, 0, 0, 0]."),
    Fault(
      "Pad", ["x"], ["pads": [0, 0, -3, 0, 0, 0, -3, 0]], opset: 10, says: "cannot pad an axis of 6 by -3 and -3."),
    Fault(
      "Pad", ["x"], ["pads": [0, 0, 6, 0, 0, 0, 0, 0], "mode": "reflect"], opset: 10,
      says: "cannot pad an axis of 6 by 6 and 0."),
    Fault("ConstantOfShape", ["huge"], says: "has the impossible shape [\(Int.max), \(Int.max)]."),
    Fault("ConstantOfShape", ["free"], says: "has the impossible shape [-1, -1]."),
    Fault("Constant", [], says: "holds no tensor or number."),
    Fault("LRN", ["matrix"], ["size": 3], says: "normalises 2×3, which is no stack of maps."),
    Fault("Clip", ["x"], ["min": .float(.nan)], opset: 9, says: "has a bound that is not a number."),
    Fault("LRN", ["x"], ["size": 4], says: "normalises over 4 channels; only odd numbers are supported."),
    Fault(
      "BatchNormalization", ["x", "vector3", "vector3", "vector3", "vector3"],
      says: "has parameters that do not fit the channels of 1×4×6×6."),
    Fault(
      "BatchNormalization", ["x", "vector4", "vector4", "vector4", "vector4"], ["training_mode": 1],
      says: "is in training mode. Export the model in evaluation mode (`model.eval()`)."),
  ]

  @Test("windows, attributes and shapes", arguments: windows + attributes + shapes)
  func fault(fault: Fault) throws {
    #expect(
      try ImportFaultTests.message(Self.model(fault).bytes)
        == "model.onnx: error: node “node_y” (\(fault.operatorType)) \(fault.expected)")
  }

  @Test("attributes of the wrong type", arguments: attributeTypes.indices)
  func attributeType(index: Int) throws {
    let (fault, expected) = Self.attributeTypes[index]
    #expect(
      try ImportFaultTests.message(Self.model(fault).bytes)
        == "model.onnx: error: node “node_y” (\(fault.operatorType)): \(expected)")
  }

  @Test("results that are too large, or have too many axes")
  func limits() throws {
    #expect(
      try ImportFaultTests.message(Self.model(Fault("Reshape", ["x", "rank13"])).bytes)
        == "model.onnx: error: the output of node “node_y” (Reshape) has shape "
        + String(repeating: "1×", count: 12) + "144; supported are up to 12 axes, none of them empty.")
    #expect(
      try ImportFaultTests.message(Self.model(Fault("Pad", ["x", "large"])).bytes)
        == "model.onnx: error: the output of node “node_y” (Pad) has shape 524289×524292×524294×524294, with which the "
        + "network takes more than 4 GiB. Try a smaller input size.")
    #expect(
      try ImportFaultTests.message(Self.model(Fault("Add", ["x", "integers"])).bytes)
        == "model.onnx: error: node “node_y” (Add) combines shapes 1×4×6×6 and 2, which do not fit.")
    #expect(
      try ImportFaultTests.message(Self.model(Fault("Add", ["x", "one"])).bytes)
        == "model.onnx: error: node “node_y” (Add) computes with int64 constants, which is supported only for shapes.")
  }
}
