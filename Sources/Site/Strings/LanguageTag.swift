/// A BCP 47 tag of a language, such as `en` or `pt-BR`.
enum LanguageTag {
  /// Whether a text has the form of one.
  static func isTag(_ text: String) -> Bool {
    let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
    return (subtags.first.map { (2...3).contains($0.count) && $0.allSatisfy(\.isASCIILetter) } ?? false)
      && subtags.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit } }
  }

  /// The tags under which words are looked for, the least special first: `pt`, then `pt-br`. Case means nothing in them.
  static func chain(_ tag: String) -> [String] {
    let tag = tag.lowercased()
    let primary = tag.prefix { $0 != "-" }
    return primary == tag ? [tag] : [String(primary), tag]
  }
}

extension Character {
  /// Whether it is one of A–Z and a–z.
  var isASCIILetter: Bool { isASCII && isLetter }
  /// Whether it is one of 0–9.
  var isASCIIDigit: Bool { isASCII && isNumber }
}
