import Yams

/// YAML text in which some keys carry an invisible letter of their own.
///
/// Yams stops at the first doubled key and tells only where its first copy stands. To find them all, and where
/// the second copies stand, that first copy is marked with a letter of Unicode's last private plane, which makes it
/// another key, and the text is composed again.
struct MarkedText {
  private(set) var text: String
  /// Where the marks stand in `text`, 1-based.
  private var marks: [(line: Int, column: Int)] = []

  /// More doubled keys than this in one text are not all told.
  private static let letters: ClosedRange<UInt32> = 0x10_0000...0x10_000F

  init(_ text: String) {
    self.text = text
  }

  /// Marks the word at `mark`; false when there is no word or when too many are marked.
  mutating func markWord(at mark: Mark) -> Bool {
    guard let letter = Unicode.Scalar(Self.letters.lowerBound + UInt32(marks.count)), marks.count < Self.letters.count
    else { return false }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(mark.line - 1) else { return false }
    var line = Array(lines[mark.line - 1].unicodeScalars)
    guard line.indices.contains(mark.column - 1) else { return false }
    let isQuoted = ["\"", "'"].contains(line[mark.column - 1])
    let column = mark.column + (isQuoted ? 1 : 0)
    line.insert(letter, at: column - 1)
    lines[mark.line - 1] = Substring(Substring.UnicodeScalarView(line))
    text = lines.joined(separator: "\n")
    for index in marks.indices where marks[index].line == mark.line && marks[index].column >= column {
      marks[index].column += 1
    }
    marks.append((mark.line, column))
    return true
  }

  /// The column that a place has in the text without marks.
  func originalColumn(line: Int, column: Int) -> Int {
    column - marks.count { $0.line == line && $0.column < column }
  }

  /// `word` without marks.
  static func unmarked(_ word: String) -> String {
    String(String.UnicodeScalarView(word.unicodeScalars.filter { !letters.contains($0.value) }))
  }
}
