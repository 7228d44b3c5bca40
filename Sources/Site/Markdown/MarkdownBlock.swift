/// A block that holds no others, and where it stands among the lines that were parsed.
struct MarkdownBlock {
  enum Kind: Equatable {
    case paragraph, heading
    /// Code and HTML, in which nothing means anything.
    case literal
  }

  let kind: Kind
  /// The places in `MarkdownLines.all` of its lines.
  var lines: Range<Int>
  /// The bytes before it on its first line.
  let column: Int
  /// How many block quotes it stands in.
  let quotes: Int
  /// Whether it stands in a list item within the innermost of them.
  let isInItem: Bool

  /// Where the text of a line begins, behind the marks of block quotes; `isLazy` tells a line that goes on with a paragraph
  /// without them.
  func start(of line: [UInt8], isFirst: Bool) -> (offset: Int, isLazy: Bool, indentation: Int) {
    if isFirst { return (min(column, line.count), false, 0) }
    var offset = 0
    var from = 0
    var tabs = 0
    func skip() {
      while offset < line.count, line[offset].isMarkdownBlank {
        if line[offset] == UInt8(ascii: "\t") { tabs += 1 }
        offset += 1
      }
    }
    skip()
    for _ in 0..<quotes {
      guard offset - from <= 3 || isInItem, offset < line.count, line[offset] == UInt8(ascii: ">") else {
        return (offset, true, offset - from + 3 * tabs)
      }
      offset += 1
      if offset < line.count, line[offset] == UInt8(ascii: " ") { offset += 1 }
      (from, tabs) = (offset, 0)
      skip()
    }
    return (offset, false, offset - from + 3 * tabs)
  }

  /// How far its first line is from the last mark of a block quote.
  func margin(of first: [UInt8]) -> Int {
    column - (first.prefix(column).lastIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? 0)
  }

  /// Whether a line goes on with a paragraph though it has left the paragraph's container: such a line is no part of a table.
  func isLazy(_ start: (offset: Int, isLazy: Bool, indentation: Int), margin: Int) -> Bool {
    // An item's text may be indented by up to three more than the item asks for.
    start.isLazy || isInItem && start.indentation < max(1, margin - 3)
  }

  /// What stands before the other lines of its container: its first line's beginning, with blanks in the place of marks of lists.
  func continuation(of first: [UInt8]) -> [UInt8] {
    first.prefix(column).map { $0.isMarkdownBlank || $0 == UInt8(ascii: ">") ? $0 : UInt8(ascii: " ") }
  }
}
