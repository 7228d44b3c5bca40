import Foundation

/// JSON for people: keys sorted, a line each, and a line break at the end.
enum ReadableJSON {
  static func bytes(
    _ value: some Encodable, keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys
  ) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = keys
    return Array(try encoder.encode(value)) + Array("\n".utf8)
  }
}
