public import NeuralNetwork

/// Writes ZIP archives byte by byte, also ones that nobody honest makes.
public struct ArchiveBuilder {
  /// What a file of the archive is said to be; the truth is stored, not packed.
  public struct Claims {
    /// The general flags; 1 is encrypted.
    public var flags = 0
    /// How it is packed: 0 stored, 8 deflated.
    public var method = 0
    /// Its bytes once unpacked.
    public var size: Int?
    /// Its CRC-32.
    public var checksum: UInt32?
    /// Where its own header begins.
    public var offset: Int?

    /// The truth.
    public init() {}
  }

  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// An archive without files.
  public init() {}

  /// Adds a file.
  public mutating func add(_ name: String, _ bytes: [UInt8], claims: Claims = Claims()) {
    let start = body.count
    let common =
      Self.number(claims.flags, 2) + Self.number(claims.method, 2) + [0, 0, 0, 0]
      + Self.number(Int(claims.checksum ?? Self.checksum(bytes)), 4) + Self.number(bytes.count, 4)
      + Self.number(claims.size ?? bytes.count, 4) + Self.number(name.utf8.count, 2) + [0, 0]
    body += [0x50, 0x4B, 3, 4, 20, 0] + common + Array(name.utf8) + bytes
    directory +=
      [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      + Self.number(claims.offset ?? start, 4) + Array(name.utf8)
    count += 1
  }

  /// The archive; it says that it has as many files as were added, or `claim`.
  public func bytes(claim: Int? = nil) -> [UInt8] {
    let number = Self.number(claim ?? count, 2)
    return body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + number + number + Self.number(directory.count, 4)
      + Self.number(body.count, 4) + [0, 0]
  }

  /// An archive of arrays, as `numpy.savez` writes it.
  public static func npz(_ tensors: [String: Tensor]) -> [UInt8] {
    var builder = ArchiveBuilder()
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) { builder.add(name + ".npy", tensor.npyData) }
    return builder.bytes()
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32 (ISO 3309), bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }
}
