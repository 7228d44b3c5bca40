extension ArraySlice<UInt8> {
  /// The first `count` bytes (at most 4) as a number, the most significant first; `nil` if there are fewer.
  func bigEndian(bytes count: Int) -> Int? {
    guard self.count >= count else { return nil }
    return prefix(count).reduce(0) { $0 << 8 | Int($1) }
  }

  /// The first `count` bytes (at most 4) as a number, the least significant first; `nil` if there are fewer.
  func littleEndian(bytes count: Int) -> Int? {
    guard self.count >= count else { return nil }
    return prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

extension String {
  /// The text in a C array of characters (in Swift a tuple), up to its first zero.
  init<CharacterArray>(cArray: CharacterArray) {
    self = withUnsafeBytes(of: cArray) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
