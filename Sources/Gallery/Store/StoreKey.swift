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

  /// A name read from disk.
  init(hex: String) {
    self.hex = hex
  }

  init(from decoder: any Decoder) throws {
    hex = try decoder.singleValueContainer().decode(String.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
