/// Writes one protobuf message, field by field: the other side of the product's own reader.
public struct ProtobufWriter: Sendable {
  /// The message so far.
  public private(set) var bytes: [UInt8] = []

  /// Begins an empty message.
  public init() {}

  /// Appends a varint field.
  public mutating func integer(_ field: Int, _ value: Int) {
    varint(UInt64(field) << 3)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Appends a 32-bit field.
  public mutating func float(_ field: Int, _ value: Float) {
    varint(UInt64(field) << 3 | 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  /// Appends a length-delimited field.
  public mutating func bytes(_ field: Int, _ value: some Collection<UInt8>) {
    varint(UInt64(field) << 3 | 2)
    varint(UInt64(value.count))
    bytes += value
  }

  /// Appends a string field.
  public mutating func string(_ field: Int, _ value: String) { bytes(field, Array(value.utf8)) }

  /// Appends a packed repeated integer field.
  public mutating func integers(_ field: Int, _ values: [Int]) {
    var packed = ProtobufWriter()
    for value in values { packed.varint(UInt64(bitPattern: Int64(value))) }
    bytes(field, packed.bytes)
  }

  /// Appends a packed repeated field of floats, doubles or other values that stand on the wire as in memory.
  public mutating func fixed(_ field: Int, _ values: [some BitwiseCopyable]) {
    bytes(field, values.withUnsafeBytes(Array.init))
  }

  /// Appends a nested message.
  public mutating func message(_ field: Int, _ build: (inout ProtobufWriter) -> Void) {
    var message = ProtobufWriter()
    build(&message)
    bytes(field, message.bytes)
  }

  /// Appends a base-128 varint.
  public mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
