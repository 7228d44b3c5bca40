/// A region in pixels; (0, 0) is a picture's top left corner.
public struct Rect: Hashable, Sendable {
  /// Leftmost column.
  public var x: Int
  /// Topmost row.
  public var y: Int
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// Creates a region.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The part inside a picture of the given size; at least one pixel, the nearest one if nothing overlaps.
  func clipped(toWidth fullWidth: Int, height fullHeight: Int) -> Rect {
    let columns = Self.clip(start: x, length: width, to: fullWidth)
    let rows = Self.clip(start: y, length: height, to: fullHeight)
    return Rect(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  private static func clip(start: Int, length: Int, to limit: Int) -> Range<Int> {
    let (sum, overflow) = start.addingReportingOverflow(max(length, 0))
    let lower = min(max(start, 0), limit - 1)
    return lower..<min(max(overflow ? limit : sum, lower + 1), limit)
  }
}
