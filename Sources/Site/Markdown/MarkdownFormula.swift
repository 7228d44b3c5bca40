/// A formula as it was written.
struct MarkdownFormula: Sendable, Hashable {
  /// What stands between the dollars.
  let tex: String
  /// Whether it stands between two of them, on a line of its own on the page.
  let isDisplay: Bool
  /// The 1-based line of the file on which `tex` begins.
  let line: Int
  /// How many columns each line of `tex` is moved to the right in the file; `nil` in a cell of a table.
  let columnOffsets: [Int]?
}
