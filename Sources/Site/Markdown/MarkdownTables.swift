/// Tables, as GitHub Flavored Markdown has them (section 4.10 of its specification).
///
/// To libcmark a table is a paragraph. Each of its cells becomes a heading on a line of its own, the one block of CommonMark that takes
/// one line, holds any inlines, and neither needs nor leaves blank lines around it. So cells are parsed in their place, with the
/// links that the text defines; `assemble` makes them a table again.
struct MarkdownTables {
  /// Which cell a line has become.
  struct Cell: Hashable {
    let table: Int
    /// The header is row 0.
    let row: Int
    let column: Int
  }

  /// How each table's columns are aligned.
  private(set) var alignments: [[MarkdownNode.Alignment?]] = []
  /// Empty cells that rows lack, of all tables together: a wide header above many short rows would have no bound.
  private var missing = 0
  private static let mostMissing = 200_000

  /// Whether there is none.
  var isEmpty: Bool { alignments.isEmpty }

  /// Rewrites the tables among `blocks`.
  init(in lines: inout MarkdownLines, blocks: [MarkdownBlock]) {
    var rewritten: [MarkdownLines.Line] = []
    var done = 0
    for block in blocks where block.kind != .literal && block.lines.count > 1 && block.lines.lowerBound >= done {
      guard let table = Self.find(in: lines, block) else { continue }
      rewritten += lines.all[done..<table.header]
      done = rewrite(table, of: block, from: lines, to: &rewritten)
    }
    guard !isEmpty else { return }
    rewritten += lines.all[done...]
    lines.all = rewritten
  }

  // MARK: - Finding

  private struct Table {
    let header: Int
    let alignments: [MarkdownNode.Alignment?]
  }

  /// The first table in a paragraph: a line that says how columns are aligned, below one of as many cells.
  private static func find(in lines: MarkdownLines, _ block: MarkdownBlock) -> Table? {
    let margin = block.margin(of: lines.all[block.lines.lowerBound].bytes)
    for index in block.lines.dropFirst() {
      let line = lines.all[index].bytes
      let start = block.start(of: line, isFirst: false)
      guard !block.isLazy(start, margin: margin), start.indentation < (block.isInItem ? margin : 0) + 4,
        let alignments = alignments(of: line[start.offset...])
      else {
        continue
      }
      let above = lines.all[index - 1].bytes
      let offset = block.start(of: above, isFirst: index - 1 == block.lines.lowerBound).offset
      if row(above[offset...]).count == alignments.count { return Table(header: index - 1, alignments: alignments) }
    }
    return nil
  }

  /// `| :-- | :-: |`.
  private static func alignments(of line: ArraySlice<UInt8>) -> [MarkdownNode.Alignment?]? {
    // Dashes alone underline a heading.
    guard line.contains(where: { "|:".utf8.contains($0) }),
      line.allSatisfy({ $0.isMarkdownBlank || "|:-".utf8.contains($0) })
    else { return nil }
    let cells = row(line)
    var alignments: [MarkdownNode.Alignment?] = []
    for cell in cells {
      let (left, right) = (cell.first == UInt8(ascii: ":"), cell.last == UInt8(ascii: ":"))
      let dashes = cell.dropFirst(left ? 1 : 0).dropLast(right ? 1 : 0)
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
      alignments.append(left ? (right ? .center : .left) : (right ? .right : nil))
    }
    return alignments.isEmpty ? nil : alignments
  }

  /// The cells of a line, without the blanks around them; a `|` behind a backslash belongs to its cell.
  static func row(_ line: ArraySlice<UInt8>) -> [[UInt8]] {
    let pipe = UInt8(ascii: "|")
    var line = trimmed(line)
    if line.first == pipe { line.removeFirst() }
    var cells: [[UInt8]] = []
    var cell: [UInt8] = []
    var isOpen = false
    for byte in line {
      if byte != pipe {
        cell.append(byte)
        isOpen = true
      } else if cell.last == UInt8(ascii: "\\") {
        cell[cell.count - 1] = pipe
      } else {
        cells.append(Array(trimmed(cell[...])))
        cell = []
        isOpen = false
      }
    }
    if isOpen, !trimmed(cell[...]).isEmpty { cells.append(Array(trimmed(cell[...]))) }
    return cells
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes.drop { $0.isMarkdownSpace }
    while bytes.last?.isMarkdownSpace == true { bytes.removeLast() }
    return bytes
  }

  // MARK: - Rewriting

  /// Writes a table's cells, each on its line.
  ///
  /// - Returns: the line behind the table.
  private mutating func rewrite(
    _ table: Table, of block: MarkdownBlock, from lines: MarkdownLines, to rewritten: inout [MarkdownLines.Line]
  ) -> Int {
    let first = lines.all[block.lines.lowerBound].bytes
    let others = block.continuation(of: first)
    let margin = block.margin(of: first)
    let number = alignments.count
    alignments.append(table.alignments)
    var row = 0
    for index in table.header..<block.lines.upperBound where index != table.header + 1 {
      let line = lines.all[index]
      let isFirst = index == block.lines.lowerBound
      let start = block.start(of: line.bytes, isFirst: isFirst)
      if row > 0 {
        // What would only go on with a paragraph stands behind a table.
        if block.isLazy(start, margin: margin) { return index }
        if start.indentation >= (block.isInItem ? margin : 0) + 4 { return index }
      }
      let cells = Self.row(line.bytes[start.offset...]).prefix(table.alignments.count)
      if row > 0, cells.isEmpty { return index }
      missing += table.alignments.count - cells.count
      if missing > Self.mostMissing { return index }
      var prefix = isFirst ? Array(first.prefix(block.column)) : others
      for column in 0..<max(1, cells.count) {
        let text = cells.indices.contains(column) ? cells[column] : []
        rewritten.append(
          MarkdownLines.Line(
            bytes: prefix + Array("# ".utf8) + text + Array(" #".utf8), origin: line.origin,
            cell: Cell(table: number, row: row, column: column)))
        prefix = others
      }
      row += 1
    }
    return block.lines.upperBound
  }

  // MARK: - Assembling

  /// The walk with tables in the place of the headings that stand for their cells.
  ///
  /// - Parameter lines: the lines that were parsed.
  func assemble(_ events: [MarkdownEvent], from lines: MarkdownLines) -> [MarkdownEvent] {
    guard !isEmpty else { return events }
    var result: [MarkdownEvent] = []
    /// The table that is being written, the row in it and how many of its cells there are.
    var open: Cell?
    /// How deep in a cell the walk is.
    var depth = 0
    func endRow() {
      guard let cell = open else { return }
      for column in (cell.column + 1)..<max(cell.column + 1, alignments[cell.table].count) {
        result += [.enter(.tableCell(isHeader: cell.row == 0, alignments[cell.table][column]), line: nil), .exit]
      }
      result.append(.exit)
      if cell.row == 0 { result.append(.exit) }
    }
    func endTable() {
      guard let cell = open else { return }
      endRow()
      if cell.row > 0 { result.append(.exit) }
      result.append(.exit)
      open = nil
    }
    func begin(_ cell: Cell, line: Int?) {
      if let last = open, last.table == cell.table {
        if last.row != cell.row {
          endRow()
          if last.row == 0 { result.append(.enter(.tableBody, line: line)) }
          result.append(.enter(.tableRow, line: line))
        }
      } else {
        endTable()
        result += [.enter(.table, line: line), .enter(.tableHead, line: line), .enter(.tableRow, line: line)]
      }
      open = cell
      result.append(.enter(.tableCell(isHeader: cell.row == 0, alignments[cell.table][cell.column]), line: line))
      depth = 1
    }
    for event in events {
      if case .enter(.heading, let line?) = event, let cell = lines.all[line - 1].cell {
        begin(cell, line: line)
        continue
      }
      if depth == 0 {
        endTable()
      } else if case .enter = event {
        depth += 1
      } else if case .exit = event {
        depth -= 1
      }
      result.append(event)
    }
    endTable()
    return result
  }
}
