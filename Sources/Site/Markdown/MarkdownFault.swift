/// Something in a Markdown text that is surely not meant so.
struct MarkdownFault: Sendable, Hashable {
  /// The 1-based line of the file.
  let line: Int?
  /// What was found, as a full sentence.
  let summary: String
  /// A way out, as a full sentence.
  let hint: String
}
