/// A text of the interface: words, and places that values are filled into, written `{{name}}`.
struct StringText: Hashable, Sendable {
  /// A piece of a text.
  enum Part: Hashable, Sendable {
    case words(String)
    /// A place for the value of this name.
    case placeholder(String)
  }

  /// Its pieces in order.
  let parts: [Part]

  /// Reads a text as a file has it.
  init(_ text: String) {
    var parts: [Part] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
      if start.lowerBound > rest.startIndex { parts.append(.words(String(rest[..<start.lowerBound]))) }
      parts.append(.placeholder(String(rest[start.upperBound..<end.lowerBound]).trimmed))
      rest = rest[end.upperBound...]
    }
    if !rest.isEmpty { parts.append(.words(String(rest))) }
    self.parts = parts
  }

  /// The names of the values that it has places for.
  var placeholders: Set<String> {
    Set(parts.compactMap { if case .placeholder(let name) = $0 { name } else { nil } })
  }

  /// The text with these values; a place that none is given for stays empty.
  func filled(_ values: [String: String]) -> String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .placeholder(let name): values[name] ?? ""
      }
    }.joined()
  }
}
