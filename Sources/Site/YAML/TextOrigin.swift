import Diagnostics

/// Where a piece of text stands in its file, so that faults in the piece can be shown in the file.
struct TextOrigin: Sendable, Hashable {
  /// The file as the user knows it.
  var file: String
  /// The file's line, 1-based, on which the piece begins.
  var firstLine = 1
  /// How many columns each line of the piece is moved to the right in the file; lines not listed are not moved.
  var columnOffsets: [Int] = []

  /// The place in the file of a place in the piece, both 1-based.
  func location(line: Int, column: Int? = nil) -> SourceLocation {
    let offset = columnOffsets.indices.contains(line - 1) ? columnOffsets[line - 1] : 0
    return SourceLocation(file: file, line: firstLine + line - 1, column: column.map { $0 + offset })
  }
}
