import Diagnostics

/// A Markdown file cut into its front matter and its body.
struct FrontMatter: Sendable {
  /// The YAML between the lines `---`, empty when there is none.
  var yaml: String
  /// Where the YAML stands.
  var origin: TextOrigin
  /// The Markdown below.
  var body: MarkdownSource

  /// Cuts `file`; front matter is opened by a first line `---` and closed by the next line `---` or `...`.
  init(of file: SourceFile) throws(Diagnostic) {
    var lines = Lines(file.text)
    origin = TextOrigin(file: file.name, firstLine: 2)
    let first = lines.next() ?? ""
    if Self.isFence(first, "+++") {
      throw .error(
        "This front matter is TOML.", at: SourceLocation(file: file.name, line: 1),
        hint: "Write it as YAML, lines of `key: value` between lines `---`.")
    }
    guard Self.isFence(first, "---") else {
      yaml = ""
      origin.firstLine = 1
      body = MarkdownSource(file: file.name, text: file.text)
      return
    }
    let start = lines.rest.startIndex
    var count = 1
    while let line = lines.next() {
      count += 1
      guard Self.isFence(line, "---") || Self.isFence(line, "...") else { continue }
      // Without the line break before the fence.
      yaml = String(file.text[start..<line.startIndex].dropLast())
      body = MarkdownSource(file: file.name, text: String(repeating: "\n", count: count) + lines.rest)
      return
    }
    throw .error(
      "The front matter has no end.", at: SourceLocation(file: file.name, line: 1), hint: "Close it with a line `---`.")
  }

  /// The lines of a text, one after the other.
  private struct Lines {
    /// What comes after the lines so far.
    private(set) var rest: Substring
    private var isAtEnd = false

    init(_ text: String) {
      rest = text[...]
    }

    mutating func next() -> Substring? {
      guard !isAtEnd else { return nil }
      guard let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) else {
        isAtEnd = true
        defer { rest = rest[rest.endIndex...] }
        return rest
      }
      defer { rest = rest[rest.utf8.index(after: end)...] }
      return rest[..<end]
    }
  }

  private static func isFence(_ line: Substring, _ fence: String) -> Bool {
    line.hasPrefix(fence) && line.dropFirst(fence.count).allSatisfy { $0 == " " || $0 == "\t" }
  }
}
