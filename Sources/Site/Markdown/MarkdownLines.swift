/// A Markdown text line by line, as it is rewritten on its way to libcmark: each line knows the line of the file that it stands for.
struct MarkdownLines {
  /// A line without its end.
  struct Line {
    var bytes: [UInt8]
    /// The 1-based line of the file.
    var origin: Int
    /// The cell of a table that it holds.
    var cell: MarkdownTables.Cell?
    /// Whether it is no line of the text, and keeps footnotes apart.
    var isSeparator = false

    /// Whether only blanks stand on it.
    var isBlank: Bool { bytes.allSatisfy { $0.isMarkdownBlank } }

    /// How far its first character is from the margin, in columns: a tab goes on to the next multiple of four.
    var indentation: Int {
      var column = 0
      for byte in bytes {
        switch byte {
        case UInt8(ascii: " "): column += 1
        case UInt8(ascii: "\t"): column += 4 - column % 4
        default: return column
        }
      }
      return column
    }
  }

  var all: [Line]

  init(_ text: String) {
    all = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().map {
      Line(bytes: Array($1), origin: $0 + 1)
    }
  }

  /// The text that libcmark is to parse.
  var text: String {
    String(decoding: Array(all.map(\.bytes).joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
  }
}

extension UInt8 {
  /// A space or a tab.
  var isMarkdownBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  /// What ends an address: blanks and ends of lines.
  var isMarkdownSpace: Bool { self == UInt8(ascii: " ") || (9...13).contains(self) }
  var isASCIILetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
}
