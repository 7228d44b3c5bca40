import TestSupport
import Testing

@testable import NeuralNetwork

/// Against the examples of the Protocol Buffers encoding guide, and its limits.
@Suite("Protobuf messages")
struct WireReaderTests {
  private func fields(_ bytes: [UInt8]) throws(WireError) -> [(number: Int, value: String)] {
    var reader = WireReader(Bytes(bytes))
    var fields: [(Int, String)] = []
    while let field = try reader.next() {
      let value =
        switch field.value {
        case .varint(let value): "varint \(value)"
        case .fixed64(let value): "fixed64 \(value)"
        case .fixed32(let value): "fixed32 \(value)"
        case .bytes(let bytes): "bytes \(Array(bytes.buffer))"
        }
      fields.append((field.number, value))
    }
    return fields
  }

  @Test(
    "one field of each kind",
    arguments: [
      ([0x08, 0x96, 0x01], 1, "varint 150"), ([0x12, 0x03, 1, 2, 3], 2, "bytes [1, 2, 3]"),
      ([0x1a, 0x00], 3, "bytes []"),
      ([0x25, 1, 0, 0, 0], 4, "fixed32 1"), ([0x29, 2, 0, 0, 0, 0, 0, 0, 1], 5, "fixed64 72057594037927938"),
      ([0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], 1, "varint 18446744073709551615"),
      // Zero with more bytes than it needs.
      ([0x08, 0x80, 0x80, 0x00], 1, "varint 0"),
      // The largest field number.
      ([0xf8, 0xff, 0xff, 0xff, 0x0f, 0x01], 536_870_911, "varint 1"),
    ] as [([UInt8], Int, String)])
  func field(bytes: [UInt8], number: Int, value: String) throws {
    let found = try fields(bytes)
    #expect(found.count == 1)
    #expect(found.first?.number == number)
    #expect(found.first?.value == value)
  }

  @Test("several fields, in order")
  func several() throws {
    #expect(try fields([0x08, 1, 0x08, 2, 0x12, 1, 9]).map(\.value) == ["varint 1", "varint 2", "bytes [9]"])
    #expect(try fields([]).isEmpty)
  }

  @Test(
    "what is no message",
    arguments: [
      ([0x08], .truncated), ([0x80], .truncated), ([0x08, 0x80], .truncated), ([0x12, 5, 1], .truncated),
      ([0x25, 0, 0, 0], .truncated), ([0x29, 0, 0, 0, 0], .truncated),
      ([0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], .truncated),
      ([0x00, 1], .malformed("field number")),
      // Groups, and wire types that do not exist.
      ([0x0b], .malformed("wire type 3")), ([0x0c], .malformed("wire type 4")), ([0x0e], .malformed("wire type 6")),
      ([0x0f], .malformed("wire type 7")), ([0x80, 0x80, 0x80, 0x80, 0x10, 1], .malformed("field number")),
      // More than 64 bits.
      ([0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], .malformed("varint")),
      ([0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], .malformed("varint")),
    ] as [([UInt8], WireError)])
  func fault(bytes: [UInt8], expected: WireError) {
    #expect(throws: expected) { _ = try fields(bytes) }
  }

  @Test("repeated integers, packed and one by one, negative ones too")
  func integers() throws {
    var message = ProtobufWriter()
    message.integers(1, [1, -1, Int.max])
    message.integer(1, Int.min)
    var reader = WireReader(Bytes(message.bytes))
    var values: [Int64] = []
    while let field = try reader.next() { values += try field.integers(in: "Test") }
    #expect(values == [1, -1, .max, .min])
  }

  @Test("repeated floats and doubles, packed and one by one")
  func floats() throws {
    var message = ProtobufWriter()
    message.fixed(1, [1, -0.5] as [Float])
    message.float(1, 3)
    message.fixed(2, [1e300, -2] as [Double])
    var reader = WireReader(Bytes(message.bytes))
    var (floats, doubles): ([Float], [Double]) = ([], [])
    while let field = try reader.next() {
      if field.number == 1 { floats += try field.floats(in: "Test") } else { doubles += try field.doubles(in: "Test") }
    }
    #expect(floats == [1, -0.5, 3])
    #expect(doubles == [1e300, -2])
  }

  @Test("a field of another type than its number says")
  func wrongType() throws {
    var reader = WireReader(Bytes([0x08, 1] as [UInt8]))
    let field = try #require(try reader.next())
    #expect(throws: WireError.wrongType(field: 1, message: "Test")) { _ = try field.bytes(in: "Test") }
    #expect(throws: WireError.wrongType(field: 1, message: "Test")) { _ = try field.float(in: "Test") }
    #expect(throws: WireError.wrongType(field: 1, message: "Test")) { _ = try field.doubles(in: "Test") }
  }
}
