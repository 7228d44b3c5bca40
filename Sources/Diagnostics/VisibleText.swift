extension String {
  /// The text as a terminal may show it: what would move the cursor, change colours, turn the direction of writing or hide
  /// is written out as `\u{1B}`.
  ///
  /// Names of files, YAML, and tensors come from elsewhere; a terminal obeys control characters wherever they come from. The
  /// result is one line: a line break becomes `\n`.
  public var visible: String {
    // Nearly every text is printable ASCII or letters, and stays as it is.
    guard unicodeScalars.contains(where: \.isInvisible) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.isInvisible: text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// JSON as a terminal may show it: the same value, with such characters written as JSON writes them.
  public var visibleInJSON: String {
    guard unicodeScalars.contains(where: { $0.isInvisible && $0 != "\n" }) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      guard scalar.isInvisible, scalar != "\n" else { return text.unicodeScalars.append(scalar) }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
  }

  /// The text without its middle where it is longer than `count` characters.
  public func shortened(to count: Int) -> String {
    // Cheap first: most texts are short, and counting characters walks through all of them.
    guard utf8.count > count, self.count > count else { return self }
    return "\(prefix(count / 2))…\(suffix(count - count / 2 - 1))"
  }
}

extension Unicode.Scalar {
  /// Whether it acts instead of being seen: control characters, line separators, and the marks that turn or isolate the
  /// direction of writing. Joiners within words and emoji stay.
  var isInvisible: Bool {
    switch value {
    case 0x20...0x7E: false
    case 0...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    case 0x2028, 0x2029, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: value & 0xFFFE == 0xFFFE
    }
  }
}
