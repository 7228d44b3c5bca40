extension Image {
  /// The picture with a box drawn on it.
  ///
  /// The outline lies just inside the box, so that a box around the whole picture shows too, between two thin lines of
  /// black or white, whichever stands out from `color`: one of the tones is visible on any picture.
  ///
  /// - Parameters:
  ///   - box: the region; it may reach beyond the picture.
  ///   - color: the outline's colour.
  ///   - thickness: the outline's width in pixels; below 1 counts as 1.
  public func drawing(box: Rect, color: RGB, thickness: Int) -> Image {
    let thickness = max(thickness, 1)
    let lineWidth = max(thickness / 3, 1)
    let line: UInt8 = Self.isBright(color) ? 0 : 255
    var canvas = Canvas(image: self)
    canvas.outline(box, from: -lineWidth, to: 0, color: (line, line, line))
    canvas.outline(box, from: thickness, to: thickness + lineWidth, color: (line, line, line))
    canvas.outline(box, from: 0, to: thickness, color: color)
    return canvas.image
  }

  /// Whether black stands out better than white, by the luma of ITU-R BT.601.
  private static func isBright(_ color: RGB) -> Bool {
    299 * Int(color.red) + 587 * Int(color.green) + 114 * Int(color.blue) > 127_500
  }
}

/// A picture in the making.
private struct Canvas {
  let width: Int
  let height: Int
  var pixels: [UInt8]

  init(image: Image) {
    (width, height, pixels) = (image.width, image.height, image.pixels)
  }

  var image: Image { Image(uncheckedWidth: width, height: height, pixels: pixels) }

  /// Paints the frame of pixels that lie from `start` up to, and not including, `end` pixels inside the edge of `box`.
  mutating func outline(_ box: Rect, from start: Int, to end: Int, color: RGB) {
    let (right, bottom) = (box.x + box.width, box.y + box.height)
    let rows = stride(from: max(box.y + start, 0), to: min(bottom - start, height), by: 1)
    let columns = stride(from: max(box.x + start, 0), to: min(right - start, width), by: 1)
    for y in rows {
      for x in columns where min(x - box.x, y - box.y, right - 1 - x, bottom - 1 - y) < end {
        let position = (y * width + x) * 3
        (pixels[position], pixels[position + 1], pixels[position + 2]) = color
      }
    }
  }
}
