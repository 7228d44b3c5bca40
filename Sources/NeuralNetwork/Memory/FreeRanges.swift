/// The parts of some blocks of memory that nobody uses, by address.
///
/// First fit: what is taken comes from the lowest addresses, and ranges that meet become one. So what is in use stays close
/// together, and most of a network's run is in memory that has been written to before.
struct FreeRanges {
  /// In order, with gaps between them.
  private(set) var ranges: [Range<Int>] = []

  /// Takes `count` bytes away, and returns where they start; `nil` where no range has as many.
  mutating func take(_ count: Int) -> Int? {
    guard let index = ranges.firstIndex(where: { $0.count >= count }) else { return nil }
    let range = ranges[index]
    if range.count == count {
      ranges.remove(at: index)
    } else {
      ranges[index] = (range.lowerBound + count)..<range.upperBound
    }
    return range.lowerBound
  }

  /// Adds a range that meets those here at most at its ends; nothing, if it is empty.
  mutating func give(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let index = ranges.firstIndex { $0.lowerBound >= range.upperBound } ?? ranges.endIndex
    var whole = range
    if index < ranges.endIndex, ranges[index].lowerBound == range.upperBound {
      whole = whole.lowerBound..<ranges.remove(at: index).upperBound
    }
    if index > 0, ranges[index - 1].upperBound == range.lowerBound {
      ranges[index - 1] = ranges[index - 1].lowerBound..<whole.upperBound
    } else {
      ranges.insert(whole, at: index)
    }
  }
}
