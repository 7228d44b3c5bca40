/// Lines of cells with commas between them. A cell in quotes may hold commas, ends of lines, and quotes written twice.
///
/// Source: RFC 4180.
public struct CSVText {
  /// A line that is not blank, counted from 1, with the blanks around its cells taken off.
  public struct Row {
    /// Where it begins.
    public let line: Int
    /// The cells, from left to right.
    public let cells: [String]
  }

  /// The lines in their order.
  public let rows: [Row]

  /// Cuts a text.
  public init(_ text: String) {
    var rows: [Row] = []
    var (cells, cell): ([String], String) = ([], "")
    var (line, start) = (1, 1)
    var (isQuoted, wasQuoted) = (false, false)
    func trimmed(_ text: String) -> String {
      var rest = text[...]
      while rest.first?.isWhitespace == true { rest.removeFirst() }
      while rest.last?.isWhitespace == true { rest.removeLast() }
      return String(rest)
    }
    func endCell() {
      cells.append(wasQuoted ? cell : trimmed(cell))
      (cell, wasQuoted) = ("", false)
    }
    func endRow() {
      endCell()
      if cells != [""] { rows.append(Row(line: start, cells: cells)) }
      cells = []
      start = line + 1
    }
    var characters = Array(text)[...]
    if characters.first == "\u{FEFF}" { characters.removeFirst() }
    while let character = characters.popFirst() {
      switch character {
      case "\"" where isQuoted && characters.first == "\"":
        cell.append("\"")
        characters.removeFirst()
      case "\"" where isQuoted: isQuoted = false
      case "\"" where trimmed(cell).isEmpty && !wasQuoted: (isQuoted, wasQuoted, cell) = (true, true, "")
      case "," where !isQuoted: endCell()
      case "\n", "\r\n", "\r":
        if isQuoted { cell.append("\n") } else { endRow() }
        line += 1
      default: cell.append(character)
      }
    }
    if !cell.isEmpty || !cells.isEmpty || wasQuoted { endRow() }
    self.rows = rows
  }
}
