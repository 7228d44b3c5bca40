/// Markdown at its place in a file: every line before it is blank, so line numbers are those of the file.
struct MarkdownSource: Sendable, Hashable {
  /// The file as the user knows it.
  var file: String
  /// The Markdown, after as many blank lines as its front matter has lines.
  var text: String
}
