/// What a Swift source says of names: which it declares for others, which modules it imports, and which names it mentions.
struct SwiftSource {
  /// The types that it declares at the top.
  private(set) var types: Set<String> = []
  /// What it adds to types in extensions, and others can see: the member's name, and the type's.
  private(set) var additions: [(member: String, type: String)] = []
  /// Every name that it declares anywhere.
  private(set) var declared: Set<String> = []
  /// The modules that it imports.
  private(set) var imports: Set<String> = []
  /// The words that stand alone.
  private(set) var words: Set<String> = []
  /// The words behind a dot.
  private(set) var members: Set<String> = []

  private static let kindsOfTypes: Set = ["struct", "class", "enum", "protocol", "actor", "typealias"]
  private static let kindsOfMembers: Set = ["func", "var", "let", "case"]
  private static let modifiers: Set = [
    "public", "package", "internal", "fileprivate", "private", "static", "final", "mutating", "nonisolated", "override",
    "indirect", "lazy",
  ]

  init(_ text: String) {
    let tokens = SwiftTokens(text).words
    var depth = 0
    /// The type that is extended here, as long as others see what is added.
    var extended: String?
    for (index, token) in tokens.enumerated() {
      let next = index + 1 < tokens.count ? tokens[index + 1] : ""
      switch token {
      case "{": depth += 1
      case "}":
        depth -= 1
        if depth == 0 { extended = nil }
      case "import" where depth == 0: imports.insert(next)
      case "extension" where depth == 0:
        extended = Self.isHidden(tokens, before: index) ? nil : tokens[(index + 1)...].first(where: Self.isName)
      default: break
      }
      guard Self.isName(token) else { continue }
      let last = index == 0 ? "" : tokens[index - 1]
      guard last != "." else {
        members.insert(token)
        continue
      }
      // A module may be called like a type.
      if last != "import" { words.insert(token) }
      guard Self.isName(next) else { continue }
      if Self.kindsOfTypes.contains(token), !Self.kindsOfMembers.contains(next) {
        declared.insert(next)
        if depth == 0, !Self.isHidden(tokens, before: index) { types.insert(next) }
      } else if Self.kindsOfMembers.contains(token) {
        declared.insert(next)
        if depth == 1, let extended, !Self.isHidden(tokens, before: index) { additions.append((next, extended)) }
      }
    }
  }

  private static func isName(_ token: String) -> Bool {
    token.unicodeScalars.first.map { $0 == "_" || $0.properties.isXIDStart } ?? false
  }

  /// Whether nothing outside of the file sees what is declared by the word at `index`.
  private static func isHidden(_ tokens: [String], before index: Int) -> Bool {
    let words = tokens[..<index].reversed().prefix { modifiers.contains($0) }
    return words.contains("private") || words.contains("fileprivate")
  }
}
