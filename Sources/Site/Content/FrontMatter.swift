import Diagnostics

/// Markdown at its place in a file: every line before it is blank, so line numbers are those of the file.
struct MarkdownSource: Sendable, Hashable {
  /// The file as the user knows it.
  var file: String
  /// The Markdown, after as many blank lines as its front matter has lines.
  var text: String
}

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
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    origin = TextOrigin(file: file.name, firstLine: 2)
    guard Self.isFence(lines.first ?? "", "---") else {
      yaml = ""
      origin.firstLine = 1
      body = MarkdownSource(file: file.name, text: file.text)
      return
    }
    guard let end = lines.dropFirst().firstIndex(where: { Self.isFence($0, "---") || Self.isFence($0, "...") }) else {
      throw .error(
        "The front matter has no end.", at: SourceLocation(file: file.name, line: 1),
        hint: "Close it with a line `---`.")
    }
    yaml = lines[1..<end].joined(separator: "\n")
    let blank = String(repeating: "\n", count: end + 1)
    body = MarkdownSource(file: file.name, text: blank + lines[(end + 1)...].joined(separator: "\n"))
  }

  private static func isFence(_ line: Substring, _ fence: String) -> Bool {
    line.hasPrefix(fence) && line.dropFirst(fence.count).allSatisfy { $0 == " " || $0 == "\t" }
  }
}
