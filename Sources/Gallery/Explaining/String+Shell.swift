extension String {
  /// The text as a shell takes it for one word.
  var shellWord: String {
    let isPlain = utf8.allSatisfy { byte in
      Character(UnicodeScalar(byte)).isLetter && byte < 128 || (48...57).contains(byte) || "-_./:=,".utf8.contains(byte)
    }
    return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
