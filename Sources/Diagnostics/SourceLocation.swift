/// A place in a file that a person wrote.
public struct SourceLocation: Hashable, Sendable, Comparable {
  /// The path as the user knows it, relative to the working directory where possible.
  public var file: String
  /// 1-based line, or `nil` when the whole file is meant.
  public var line: Int?
  /// 1-based column in characters, or `nil` when the whole line is meant.
  public var column: Int?

  /// Creates a location; leave out `column`, or `line` and `column`, to mean the whole line or file.
  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Orders by file, then line, then column.
  public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    (a.file, a.line ?? 0, a.column ?? 0) < (b.file, b.line ?? 0, b.column ?? 0)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file`, `file:line` or `file:line:column`.
  public var description: String {
    [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
  }
}
