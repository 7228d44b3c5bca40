import Hashing

/// The name of an entry: a SHA-256.
struct StoreKey: Hashable, Sendable, Codable {
  /// 64 hexadecimal digits.
  let hex: String

  /// The name of an entry of some kind that `parts` determine.
  init(_ kind: String, _ parts: [String]) {
    // Every part is told with its length, so that no two lists look alike.
    let text = ([kind] + parts).map { "\($0.utf8.count):\($0)" }.joined()
    hex = SHA256.hash(Array(text.utf8)).hexadecimal
  }

  /// The name of bytes that stand for themselves.
  init(contents bytes: [UInt8]) {
    hex = SHA256.hash(bytes).hexadecimal
  }

  /// A name read from disk; `nil` for anything but 64 hexadecimal digits in lower case.
  init?(hex: String) {
    guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
      return nil
    }
    self.hex = hex
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let key = StoreKey(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "This is no SHA-256.")
    }
    self = key
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
