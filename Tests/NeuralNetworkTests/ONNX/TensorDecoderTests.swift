import Diagnostics
import TestSupport
import Testing

@testable import NeuralNetwork

/// Every element type, as raw data and in the typed fields of TensorProto. Values of half precision are numpy's and
/// PyTorch's.
@Suite("Tensors of model files")
struct TensorDecoderTests {
  private func decode(
    _ shape: [Int], _ dataType: Int, content: (inout ProtobufWriter) -> Void
  ) throws -> Constant {
    let literal = ONNXTensorLiteral(shape: shape, dataType: dataType, name: "t", content: content)
    return try TensorDecoder(folder: "/").decode(ONNXTensor(Bytes(literal.bytes)))
  }

  private func raw(_ dataType: Int, _ values: [some BitwiseCopyable]) throws -> Constant {
    try decode([values.count], dataType) { $0.fixed(9, values) }
  }

  @Test("raw floats of each width")
  func rawFloats() throws {
    #expect(try raw(1, [1.5, -0.0, .infinity] as [Float]).floats == [1.5, -0.0, .infinity])
    #expect(try raw(11, [0.1, 1e300, -.leastNonzeroMagnitude] as [Double]).floats == [Float(0.1), .infinity, -0.0])
    #expect(try raw(10, [0x3c00, 0x3555, 0xc000] as [UInt16]).floats == [1, 0x1.554p-2, -2])
    #expect(try raw(16, [0x3f80, 0x4049, 0x0001] as [UInt16]).floats == [1, 0x1.92p+1, 0x1p-133])
  }

  @Test("raw integers of each width")
  func rawIntegers() throws {
    #expect(try raw(2, [0, 255] as [UInt8]).integers == [0, 255])
    #expect(try raw(3, [-128, 127] as [Int8]).integers == [-128, 127])
    #expect(try raw(4, [0, 65535] as [UInt16]).integers == [0, 65535])
    #expect(try raw(5, [-32768, 32767] as [Int16]).integers == [-32768, 32767])
    #expect(try raw(6, [.min, .max] as [Int32]).integers == [-2_147_483_648, 2_147_483_647])
    #expect(try raw(7, [.min, .max] as [Int64]).integers == [.min, .max])
    #expect(try raw(12, [0, .max] as [UInt32]).integers == [0, 4_294_967_295])
    #expect(try raw(13, [0, 1 << 62] as [UInt64]).integers == [0, 1 << 62])
    #expect(try raw(9, [0, 1, 7] as [UInt8]).integers == [0, 1, 1])
  }

  @Test("typed fields, where small types share one")
  func typed() throws {
    #expect(try decode([2], 1) { $0.fixed(4, [1, 2] as [Float]) }.floats == [1, 2])
    #expect(
      try decode([3], 1) {
        $0.float(4, 1)
        $0.fixed(4, [2, 3] as [Float])
      }.floats == [1, 2, 3])
    #expect(try decode([2], 11) { $0.fixed(10, [1, 2.5] as [Double]) }.floats == [1, 2.5])
    #expect(try decode([2], 10) { $0.integers(5, [0x3c00, 0xfc00]) }.floats == [1, -.infinity])
    #expect(try decode([2], 16) { $0.integers(5, [0x3f80, 0x807f]) }.floats == [1, -0x1.fcp-127])
    for dataType in [2, 3, 4, 5, 6] {
      #expect(try decode([2], dataType) { $0.integers(5, [3, 100]) }.integers == [3, 100])
    }
    for dataType in [3, 5, 6] { #expect(try decode([1], dataType) { $0.integers(5, [-7]) }.integers == [-7]) }
    #expect(try decode([2], 7) { $0.integers(7, [Int.min, 5]) }.integers == [.min, 5])
    for dataType in [12, 13] { #expect(try decode([2], dataType) { $0.integers(11, [3, 9]) }.integers == [3, 9]) }
    #expect(try decode([2], 9) { $0.integers(5, [0, 1]) }.integers == [0, 1])
  }

  @Test("scalars and empty tensors")
  func shapes() throws {
    let scalar = try decode([], 1) { $0.fixed(9, [4] as [Float]) }
    #expect(scalar.shape == [])
    #expect(scalar.floats == [4])
    let empty = try decode([2, 0], 7) { _ in }
    #expect(empty.shape == [2, 0])
    #expect(empty.integers.isEmpty)
  }

  @Test("all 65536 half-precision numbers against numpy")
  func halfPrecision() {
    var (count, sum, weighted): (Int, UInt64, UInt64) = (0, 0, 0)
    for bits in UInt16.min...UInt16.max {
      let value = Float(halfBits: bits)
      let isNaN = bits & 0x7c00 == 0x7c00 && bits & 0x3ff != 0
      #expect(value.isNaN == isNaN)
      guard !isNaN else { continue }
      count += 1
      sum &+= UInt64(value.bitPattern)
      weighted &+= UInt64(value.bitPattern) &* (UInt64(bits) + 1)
    }
    // a = numpy.arange(65536, dtype=uint16).view(float16).astype(float32); sums of its bits without the NaNs.
    #expect(count == 63490)
    #expect(sum == 136_060_361_244_672)
    #expect(weighted == 5_549_831_980_369_051_648)
  }

  @Test("a network in half precision runs in single precision", arguments: [10, 16])
  func halfPrecisionNetwork(dataType: Int) throws {
    // −1.5 and 0.25 in binary16 and in bfloat16.
    let bits: [UInt16] = dataType == 10 ? [0xbe00, 0x3400] : [0xbfc0, 0x3e80]
    var model = ONNXBuilder()
    model.input("x", [1, 2, 1, 1])
    model.constant(ONNXTensorLiteral(shape: [2, 2, 1, 1], dataType: dataType, name: "w") { $0.fixed(9, bits + bits) })
    model.constant(
      ONNXTensorLiteral(shape: [], dataType: dataType, name: "limit") { $0.integers(5, [Int(bits[1])]) })
    model.node("Cast", ["x"], ["half"], ["to": .integer(dataType)])
    model.node("Conv", ["half", "w"], ["c"])
    model.node("Max", ["c", "limit"], ["m"])
    model.node("Cast", ["m"], ["y"], ["to": 1])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 2, 1, 1], [-1, 2])])
    #expect(try run.output.values == [2, 2])
    #expect(try run.gradients([[1, 0]])[0][0].values == [-1.5, 0.25])
  }

  @Test("floats as integers are cut off, and stop at the limits")
  func truncation() throws {
    let values: [Float] = [1.9, -1.9, 1e30, -1e30, .infinity, .nan]
    #expect(try raw(1, values).integers == [1, -1, .max, .min, .max, .min])
  }

  @Test(
    "sizes and types that cannot be right",
    arguments: [
      ([3], 1, 8, "tensor “t” has 8 bytes where shape [3] needs 12."),
      ([2], 7, 8, "tensor “t” has 8 bytes where shape [2] needs 16."),
      ([1], 1, 0, "tensor “t” has 0 bytes where shape [1] needs 4."),
      ([-1], 1, 4, "tensor “t” has the impossible dimension -1. The file is damaged."),
      ([Int.max], 1, 4, "tensor “t” has the impossible dimension \(Int.max). The file is damaged."),
      ([Int.min], 1, 4, "tensor “t” has the impossible dimension \(Int.min). The file is damaged."),
      ([1 << 40, 1 << 40], 1, 4, "tensor “t” is too large: [1099511627776, 1099511627776]."),
      ([1 << 40, 2], 1, 4, "tensor “t” is too large: [1099511627776, 2]."),
      ([Int](repeating: 1, count: 13), 1, 4, "tensor “t” has 13 axes; at most 12 are supported."),
      ([1], 8, 4, "tensor “t” has element type 8, which is not supported. Export the model with float32 weights."),
      ([1], 0, 4, "tensor “t” has element type 0, which is not supported. Export the model with float32 weights."),
      ([1], -1, 4, "tensor “t” has element type -1, which is not supported. Export the model with float32 weights."),
    ])
  func faults(shape: [Int], dataType: Int, byteCount: Int, expected: String) {
    #expect {
      try decode(shape, dataType) { $0.bytes(9, [UInt8](repeating: 0, count: byteCount)) }
    } throws: {
      ($0 as? Diagnostic)?.description == "error: " + expected
    }
  }

  @Test("too few values in a typed field")
  func typedFault() {
    #expect {
      try decode([3], 1) { $0.fixed(4, [1, 2] as [Float]) }
    } throws: {
      ($0 as? Diagnostic)?.description == "error: tensor “t” has 2 values where shape [3] needs 3."
    }
  }
}
