import Foundation

/// A BCP 47 tag of a language, such as `en` or `pt-BR`.
enum LanguageTag {
  /// Whether a text has the form of one.
  static func isTag(_ text: String) -> Bool {
    let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
    return (subtags.first.map { (2...3).contains($0.count) && $0.allSatisfy(\.isASCIILetter) } ?? false)
      && subtags.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit } }
  }

  /// Whether a text is the tag of a language, perhaps with a script and a region, and nothing else: `ko`, `pt-BR`, `zh-Hant-TW`.
  static func isPlain(_ text: String) -> Bool {
    text.wholeMatch(of: #/[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?/#) != nil
  }

  /// Whether the language of a tag is one of which Foundation knows how it writes numbers and dates.
  static func isKnown(_ tag: String) -> Bool { known.contains(chain(tag)[0]) }

  private static let known = Set(
    Locale.availableIdentifiers.map { String($0.prefix { $0 != "_" && $0 != "-" }) })

  /// A tag as it is mostly written: `pt-BR` for `PT-br`.
  ///
  /// Source: RFC 5646, 2.1.1.
  static func canonical(_ tag: String) -> String {
    let subtags = tag.lowercased().split(separator: "-").map(String.init)
    return subtags.enumerated().map { index, subtag in
      switch subtag.count {
      case 2 where index > 0: subtag.uppercased()
      case 4 where index > 0: subtag.prefix(1).uppercased() + subtag.dropFirst()
      default: subtag
      }
    }.joined(separator: "-")
  }

  /// What a language is called in itself: `한국어` for `ko`.
  static func name(of tag: String) -> String { Locale(identifier: tag).localizedString(forIdentifier: tag) ?? tag }

  /// A language with the region where most of its readers are, as Open Graph writes it: `ko_KR` for `ko`; `nil` where that is not
  /// known.
  static func openGraph(_ tag: String) -> String? {
    let language = Locale.Language(identifier: Locale.Language(identifier: tag).maximalIdentifier)
    guard let code = language.languageCode?.identifier, let region = language.region?.identifier else { return nil }
    return "\(code)_\(region)"
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
