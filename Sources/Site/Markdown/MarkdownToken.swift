/// A piece of a line that libcmark must not take apart: it gets a word in its place, and the piece back when it is done.
struct MarkdownToken {
  enum Meaning {
    case formula(MarkdownFormula)
    /// An address that stands in the text as it is, and where it leads.
    case address(text: String, address: String)
    /// The mark of a footnote, by its label.
    case footnote(label: String)
    /// A character that means only itself.
    case character(String)
  }

  let meaning: Meaning
  /// What was written, for places where nothing means anything.
  let source: String
}

/// The words that stand for tokens: a token's number between two characters that the text does not have.
struct MarkdownTokens {
  private(set) var all: [MarkdownToken] = []
  private let opening: Unicode.Scalar
  private let closing: Unicode.Scalar

  /// - Parameter text: what the words will stand in.
  init(for text: String) {
    // Private characters, which libcmark takes for letters.
    var used: Set<Unicode.Scalar> = []
    if text.utf8.contains(0xEE) || text.utf8.contains(0xEF) || text.utf8.contains(where: { $0 >= 0xF3 }) {
      used = Set(text.unicodeScalars.filter { $0.properties.generalCategory == .privateUse })
    }
    let free = (0xF0000...0xFFFFD).lazy.compactMap(Unicode.Scalar.init).filter { !used.contains($0) }.prefix(2)
    opening = free.first ?? "\u{E000}"
    closing = free.dropFirst().first ?? "\u{E001}"
  }

  /// Notes a token.
  ///
  /// - Returns: the word that stands for it.
  mutating func add(_ token: MarkdownToken) -> String {
    all.append(token)
    return "\(opening)\(all.count - 1)\(closing)"
  }

  /// A piece of text between tokens, or one of them.
  enum Piece {
    case text(String)
    case token(MarkdownToken)
  }

  /// `text`, taken apart at the words in it.
  func pieces(of text: String) -> [Piece] {
    guard text.unicodeScalars.contains(opening) else { return [.text(text)] }
    var pieces: [Piece] = []
    var rest = text.unicodeScalars[...]
    var plain = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      guard scalar == opening else {
        plain.append(scalar)
        continue
      }
      let digits = rest.prefix { $0.properties.numericType == .decimal }
      guard rest[digits.endIndex...].first == closing, let number = Int(String(digits)),
        all.indices.contains(number)
      else {
        plain.append(scalar)
        continue
      }
      if !plain.isEmpty { pieces.append(.text(String(plain))) }
      plain.removeAll()
      pieces.append(.token(all[number]))
      rest = rest[digits.endIndex...].dropFirst()
    }
    if !plain.isEmpty { pieces.append(.text(String(plain))) }
    return pieces
  }

  /// `text` as it was written.
  func restored(_ text: String) -> String {
    pieces(of: text).map { piece in
      switch piece {
      case .text(let text): text
      case .token(let token): token.source
      }
    }.joined()
  }
}
