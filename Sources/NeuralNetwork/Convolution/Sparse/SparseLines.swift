/// Which pixels of a picture are listed, in which order: lines of neighbours.
struct SparseLines {
  /// A line, or a piece of one.
  struct Line {
    /// The first pixel.
    let pixel: Int
    let count: Int
    /// The first of its lists.
    let list: Int
  }

  /// Neighbours that share a list.
  static let group = 2
  /// From one pixel of a line to the next.
  let step: Int
  private(set) var lines: [Line] = []
  /// Lists of a picture.
  private(set) var listCount = 0

  init(step: Int = 1) { self.step = step }

  /// Adds a line of `count` pixels that begins at `pixel`.
  mutating func append(from pixel: Int, count: Int) {
    lines.append(Line(pixel: pixel, count: count, list: listCount))
    listCount += (count + Self.group - 1) / Self.group
  }

  /// The lists of some lines.
  func lists(of range: Range<Int>) -> Range<Int> {
    func start(_ line: Int) -> Int { line < lines.count ? lines[line].list : listCount }
    return start(range.lowerBound)..<start(range.upperBound)
  }

  /// All lines, in pieces of at most `size` pixels, a whole number of lists.
  func pieces(of size: Int) -> [Line] {
    lines.flatMap { line in
      stride(from: 0, to: line.count, by: size).map { start in
        Line(
          pixel: line.pixel + start * step, count: min(size, line.count - start), list: line.list + start / Self.group)
      }
    }
  }
}
