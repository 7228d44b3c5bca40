import TestSupport
import Testing

@testable import NeuralNetwork

/// Weights stored as integers: y = (x − zero point) · scale.
@Suite("Weights stored as integers")
struct StoredIntegerTests {
  /// x · w of shape [2, 4] for x = 1, where w is widened from `stored`.
  private func widened(
    _ stored: ONNXTensorLiteral, scale: ([Int], [Float]), zero: ONNXTensorLiteral? = nil,
    _ attributes: [String: ONNXAttributeLiteral] = [:], opset: Int = 21, domain: String = ""
  ) throws -> [Float] {
    var model = ONNXBuilder(opset: opset)
    model.input("x", [1])
    model.constant(stored)
    model.constant("scale", scale.0, scale.1)
    if let zero { model.constant(zero) }
    model.node(
      "DequantizeLinear", ["stored", "scale"] + (zero == nil ? [] : ["zero"]), ["w"], attributes, domain: domain)
    model.node("Mul", ["x", "w"], ["y"])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1], [1])])
    #expect(try run.gradients([[1, 0, 0, 0, 0, 0, 0, 0]])[0][0].values == [run.output.values[0]])
    return try run.output.values
  }

  private static let bytes: [UInt8] = [0, 1, 2, 127, 128, 129, 200, 255]

  private func eightBits(_ dataType: Int) -> ONNXTensorLiteral {
    ONNXTensorLiteral(shape: [2, 4], dataType: dataType, name: "stored") { $0.bytes(9, Self.bytes) }
  }

  private func zero(_ dataType: Int, _ shape: [Int], _ values: [Int]) -> ONNXTensorLiteral {
    ONNXTensorLiteral(shape: shape, dataType: dataType, name: "zero") { $0.integers(5, values) }
  }

  @Test("one scale for a tensor, signed and unsigned, with and without a zero point")
  func perTensor() throws {
    #expect(try widened(eightBits(2), scale: ([], [0.5])) == [0, 0.5, 1, 63.5, 64, 64.5, 100, 127.5])
    #expect(try widened(eightBits(3), scale: ([1], [0.5])) == [0, 0.5, 1, 63.5, -64, -63.5, -28, -0.5])
    #expect(
      try widened(eightBits(2), scale: ([], [0.5]), zero: zero(2, [], [128]), opset: 10)
        == [-64, -63.5, -63, -0.5, 0, 0.5, 36, 63.5])
    #expect(
      try widened(eightBits(3), scale: ([], [2]), zero: zero(3, [], [-1]), domain: "com.microsoft")
        == [2, 4, 6, 256, -254, -252, -110, 0])
  }

  @Test("a scale for each position along an axis")
  func perAxis() throws {
    #expect(
      try widened(eightBits(2), scale: ([2], [1, 2]), zero: zero(2, [2], [1, 0]), ["axis": 0], opset: 13)
        == [-1, 0, 1, 126, 256, 258, 400, 510])
    #expect(
      try widened(eightBits(3), scale: ([4], [1, 2, 3, 4]), ["axis": -1]) == [0, 2, 6, 508, -128, -254, -168, -4])
    #expect(try widened(eightBits(3), scale: ([4], [1, 2, 3, 4])) == [0, 2, 6, 508, -128, -254, -168, -4])
  }

  @Test("a scale for each block along an axis")
  func blocks() throws {
    #expect(
      try widened(
        eightBits(2), scale: ([2, 2], [1, 2, 3, 4]), zero: zero(2, [2, 2], [1, 0, 0, 200]),
        ["axis": 1, "block_size": 2])
        == [-1, 0, 4, 254, 384, 387, 0, 220])
    #expect(
      try widened(eightBits(2), scale: ([1, 4], [1, 2, 3, 4]), ["axis": 0, "block_size": 2])
        == [0, 2, 6, 508, 128, 258, 600, 1020])
  }

  @Test("integers of four bits, two to a byte, and of thirty-two")
  func otherWidths() throws {
    func fourBits(_ dataType: Int) -> ONNXTensorLiteral {
      ONNXTensorLiteral(shape: [2, 4], dataType: dataType, name: "stored") { $0.bytes(9, [0x10, 0x72, 0x98, 0xfe]) }
    }
    #expect(try widened(fourBits(21), scale: ([], [1])) == [0, 1, 2, 7, 8, 9, 14, 15])
    #expect(try widened(fourBits(22), scale: ([], [1])) == [0, 1, 2, 7, -8, -7, -2, -1])
    let wide = ONNXTensorLiteral(shape: [2, 4], dataType: 6, name: "stored") {
      $0.integers(5, [0, -1, 1 << 30, 4, 5, 6, 7, 8])
    }
    #expect(try widened(wide, scale: ([], [0x1p-20])).prefix(3) == [0, -0x1p-20, 1024])
  }

  @Test("weights rounded in the file and widened again, as training against rounding leaves them")
  func rounded() throws {
    for (dataType, zeroPoint, expected) in [
      (3, 0, [-64, -0.5, 0, 0, 1, 1, 63.5, 63.5]), (2, 128, [-64, -0.5, 0, 0, 1, 1, 63.5, 63.5]),
    ] as [(Int, Int, [Float])] {
      var model = ONNXBuilder()
      model.input("x", [1])
      model.constant("w", [8], [-100, -0.6, -0.25, 0.2, 0.75, 1.25, 63.4, 100])
      model.constant("scale", [], [0.5])
      model.constant(zero(dataType, [], [zeroPoint]))
      model.node("QuantizeLinear", ["w", "scale", "zero"], ["q"])
      model.node("DequantizeLinear", ["q", "scale", "zero"], ["d"])
      model.node("Mul", ["x", "d"], ["y"])
      model.output("y")
      #expect(try ModelRun(model, inputs: [Tensor(shape: [1], [1])]).output.values == expected)
    }
  }

  @Test("rounding stops at the limits of the zero point's type", arguments: [2, 3, 21, 22])
  func saturation(dataType: Int) throws {
    let limits: [Int: [Float]] = [2: [0, 255], 3: [-128, 127], 21: [0, 15], 22: [-8, 7]]
    var model = ONNXBuilder(opset: 21)
    model.input("x", [1])
    model.constant("w", [2], [-1000, 1000])
    model.constant("scale", [], [1])
    model.constant(zero(dataType, [], [0]))
    model.node("QuantizeLinear", ["w", "scale", "zero"], ["q"])
    model.node("DequantizeLinear", ["q", "scale"], ["d"])
    model.node("Mul", ["x", "d"], ["y"])
    model.output("y")
    #expect(try ModelRun(model, inputs: [Tensor(shape: [1], [1])]).output.values == limits[dataType])
  }

  @Test("integers of eight bits can be picked, joined and repeated before they are widened")
  func moved() throws {
    var model = ONNXBuilder()
    model.input("x", [1])
    model.constant(eightBits(3))
    model.constant("scale", [], [1])
    model.integers("indices", [1, 0])
    model.integers("pairs", [2, 2], [1, 3, 0, 2])
    model.node("Gather", ["stored", "indices"], ["rows"])
    model.node("Concat", ["rows", "stored"], ["joined"], ["axis": 0])
    model.node("GatherND", ["joined", "pairs"], ["picked"])
    model.node("DequantizeLinear", ["picked", "scale"], ["w"])
    model.node("Mul", ["x", "w"], ["y"])
    model.output("y")
    // Rows [-128, -127, -56, -1] and [0, 1, 2, 127], and the same again in the order of the file.
    #expect(try ModelRun(model, inputs: [Tensor(shape: [1], [1])]).output.values == [127, -56])
  }

  @Test("scales that do not fit")
  func misfits() throws {
    for (shape, attributes) in [([3], [:]), ([2, 3], ["block_size": 2]), ([2, 2], [:]), ([4], ["axis": 7])]
      as [([Int], [String: ONNXAttributeLiteral])]
    {
      var model = ONNXBuilder(opset: 21)
      model.input("x", [1, 1, 1, 1])
      model.constant(eightBits(2))
      model.constant("scale", shape, [Float](repeating: 1, count: shape.reduce(1, *)))
      model.node("DequantizeLinear", ["stored", "scale"], ["w"], attributes)
      model.node("Mul", ["x", "w"], ["y"])
      model.output("y")
      let expected =
        attributes.keys.contains("axis") == false
        ? "has scales \(shape.map(String.init).joined(separator: "×")) for weights 2×4, which do not fit."
        : "has axis 7 for a tensor of rank 2."
      #expect(
        try ImportFaultTests.message(model.bytes)
          == "model.onnx: error: node “node_w” (DequantizeLinear) \(expected)")
    }
  }

  @Test("a layer of weights in eight bits takes eight bits each until it is widened")
  func storage() throws {
    let constant = try TensorDecoder(folder: "/").decode(ONNXTensor(Bytes(eightBits(3).bytes)))
    #expect(constant.narrow == .int8)
    #expect(constant.integers == Self.bytes.map { Int(Int8(bitPattern: $0)) })
    #expect(constant.floats == constant.integers.map { Float($0) })
    #expect(constant.reshaped([8]).bytes.values(as: Int64.self) == constant.integers.map(Int64.init))
  }
}
