extension Image {
  /// The picture with a box drawn on it.
  ///
  /// The outline lies just inside the box, so that a box around the whole picture shows too, between two thin lines of
  /// black or white, whichever stands out from its colour: one of the tones is visible on any picture. A dashed outline
  /// begins and ends with a dash at each corner.
  ///
  /// - Parameters:
  ///   - box: the region; it may reach beyond the picture.
  ///   - style: the outline's colour, solid or dashed.
  ///   - thickness: the outline's width in pixels; below 1 counts as 1. If absent, a 150th of the picture's shorter side,
  ///     and at least 2.
  public func drawing(box: Rect, style: BoxStyle, thickness: Int? = nil) -> Image {
    let shorterSide = min(width, height)
    let thickness = max(1, min(thickness ?? max(2, shorterSide / 150), shorterSide))
    let lineWidth = max(thickness / 3, 1)
    let line: RGB = Self.isBright(style.color) ? (0, 0, 0) : (255, 255, 255)
    guard let outline = BoxOutline(box, dashLength: style.isDashed ? 4 * thickness : nil) else { return self }
    return Image(uncheckedWidth: width, height: height) { canvas in
      _ = canvas.update(fromContentsOf: pixels)
      func paint(from start: Int, to end: Int, _ color: RGB) {
        outline.forEachPixel(from: start, to: end, width: width, height: height) { x, y in
          let position = (y * width + x) * 3
          (canvas[position], canvas[position + 1], canvas[position + 2]) = color
        }
      }
      paint(from: -lineWidth, to: thickness + lineWidth, line)
      paint(from: 0, to: thickness, style.color)
    }
  }

  /// Whether black stands out better than white, by the luma of ITU-R BT.601.
  private static func isBright(_ color: RGB) -> Bool {
    299 * Int(color.red) + 587 * Int(color.green) + 114 * Int(color.blue) > 127_500
  }
}

/// The edge of a box, as frames of pixels around and inside it.
private struct BoxOutline {
  /// First column and row, and those after the last.
  private let left, top, right, bottom: Int
  /// About the length of a dash and of a gap; `nil` for a solid outline.
  private let dashLength: Int?

  /// - Returns: `nil` if the box is empty.
  init?(_ box: Rect, dashLength: Int?) {
    guard box.width > 0, box.height > 0 else { return nil }
    // Far outside any picture, and far from an overflow in the arithmetic below.
    let limit = 1 << 29
    func clamped(_ value: Int) -> Int { max(-limit, min(value, limit)) }
    func end(_ start: Int, _ length: Int) -> Int {
      let (sum, overflow) = start.addingReportingOverflow(length)
      return overflow ? limit : clamped(sum)
    }
    (left, top) = (clamped(box.x), clamped(box.y))
    (right, bottom) = (end(box.x, box.width), end(box.y, box.height))
    self.dashLength = dashLength
  }

  /// Visits the pixels that lie from `start` up to, and not including, `end` pixels inside the edge, and in a picture.
  func forEachPixel(from start: Int, to end: Int, width: Int, height: Int, _ body: (_ x: Int, _ y: Int) -> Void) {
    for y in stride(from: max(top + start, 0), to: min(bottom - start, height), by: 1) {
      let isNearRow = min(y - top, bottom - 1 - y) < end
      let isRowInDash = isInDash(y - top, of: bottom - top)
      for x in stride(from: max(left + start, 0), to: min(right - start, width), by: 1) {
        let isNearColumn = min(x - left, right - 1 - x) < end
        if isNearColumn && isRowInDash || isNearRow && isInDash(x - left, of: right - left) { body(x, y) }
      }
    }
  }

  /// Whether a side is painted at a distance from its begin: it is cut into an odd number of equal parts, and every
  /// second one, the first and the last among them, is a dash.
  private func isInDash(_ distance: Int, of length: Int) -> Bool {
    guard let dashLength else { return true }
    let gaps = max(1, (length - dashLength) / (2 * dashLength))
    let parts = 2 * gaps + 1
    return max(0, min(distance, length - 1)) * parts / length % 2 == 0
  }
}
