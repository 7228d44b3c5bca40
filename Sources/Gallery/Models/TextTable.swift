/// Columns of text for a terminal: the first row names them.
struct TextTable {
  private let rows: [[String]]

  init(header: [String], _ rows: [[String]]) { self.rows = [header] + rows }

  /// A line for each row; nothing in a cell moves the terminal's cursor.
  var text: String {
    let shown = rows.map { $0.map(\.visible) }
    let widths = rows[0].indices.map { column in (shown.map { $0[column].count }.max() ?? 0) + 2 }
    return shown.map { row in
      zip(row, widths).dropLast().map { $0.padded(to: $1) }.joined() + (row.last ?? "")
    }.joined(separator: "\n")
  }
}
