/// Reads the fields of one protobuf message without copying.
///
/// Source: Protocol Buffers encoding (wire types 0, 1, 2 and 5; groups are refused, as ONNX has none).
struct WireReader {
  /// One field: its number and its value as it stands on the wire.
  struct Field {
    let number: Int
    let value: Value
  }

  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case bytes(Bytes)
    case fixed32(UInt32)
  }

  private let bytes: Bytes
  private var position = 0

  init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  /// The next field, or `nil` at the end of the message.
  ///
  /// - Throws: `WireError` where the bytes are no protobuf message.
  mutating func next() throws(WireError) -> Field? {
    guard position < bytes.count else { return nil }
    let key = try varint()
    guard let number = Int(exactly: key >> 3), number > 0, number < 1 << 29 else { throw .malformed("field number") }
    switch key & 7 {
    case 0: return Field(number: number, value: .varint(try varint()))
    case 1: return Field(number: number, value: .fixed64(try fixed(UInt64.self)))
    case 2:
      let length = try varint()
      guard length <= UInt64(bytes.count - position) else { throw .truncated }
      let start = position
      position += Int(length)
      return Field(number: number, value: .bytes(bytes[start..<position]))
    case 5: return Field(number: number, value: .fixed32(try fixed(UInt32.self)))
    default: throw .malformed("wire type \(key & 7)")
    }
  }

  /// All the varints of a packed repeated field.
  static func packedVarints(_ bytes: Bytes) throws(WireError) -> [UInt64] {
    var reader = WireReader(bytes)
    var values: [UInt64] = []
    while reader.position < bytes.count { values.append(try reader.varint()) }
    return values
  }

  private mutating func varint() throws(WireError) -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      guard position < bytes.count else { throw .truncated }
      let byte = bytes.buffer[position]
      position += 1
      if shift == 63, byte > 1 { throw .malformed("varint") }
      result |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte < 0x80 { return result }
    }
    throw .malformed("varint")
  }

  private mutating func fixed<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type
  ) throws(WireError) -> Value {
    let size = MemoryLayout<Value>.size
    guard bytes.count - position >= size else { throw .truncated }
    defer { position += size }
    return Value(littleEndian: bytes.buffer.loadUnaligned(fromByteOffset: position, as: Value.self))
  }
}

/// Bytes that are not the message they should be.
enum WireError: Error, Equatable {
  case truncated
  case malformed(String)
  case wrongType(field: Int, message: String)
}

extension WireReader.Field {
  /// The bytes of a length-delimited field.
  func bytes(in message: String) throws(WireError) -> Bytes {
    guard case .bytes(let bytes) = value else { throw .wrongType(field: number, message: message) }
    return bytes
  }

  /// The text of a string field.
  func string(in message: String) throws(WireError) -> String { try bytes(in: message).string }

  /// The value of an integer field.
  func integer(in message: String) throws(WireError) -> Int64 {
    guard case .varint(let value) = value else { throw .wrongType(field: number, message: message) }
    return Int64(bitPattern: value)
  }

  /// The values of a repeated integer field, packed or single.
  func integers(in message: String) throws(WireError) -> [Int64] {
    switch value {
    case .varint(let value): return [Int64(bitPattern: value)]
    case .bytes(let bytes): return try WireReader.packedVarints(bytes).map(Int64.init(bitPattern:))
    default: throw .wrongType(field: number, message: message)
    }
  }

  /// The value of a float field.
  func float(in message: String) throws(WireError) -> Float {
    guard case .fixed32(let bits) = value else { throw .wrongType(field: number, message: message) }
    return Float(bitPattern: bits)
  }

  /// The values of a repeated float field, packed or single.
  func floats(in message: String) throws(WireError) -> [Float] {
    if case .bytes(let bytes) = value { return bytes.values(as: Float.self) }
    return [try float(in: message)]
  }

  /// The values of a repeated double field, packed or single.
  func doubles(in message: String) throws(WireError) -> [Double] {
    switch value {
    case .fixed64(let bits): return [Double(bitPattern: bits)]
    case .bytes(let bytes): return bytes.values(as: Double.self)
    default: throw .wrongType(field: number, message: message)
    }
  }
}
