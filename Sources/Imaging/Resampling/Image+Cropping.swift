extension Image {
  /// The part of the picture inside `rect`, which may reach beyond the edges (and so crops, pads, or both).
  ///
  /// - Parameters:
  ///   - rect: the region, no larger than a picture may be; a side below 1 counts as 1.
  ///   - fill: the colour of what lies outside the picture.
  public func cropped(to rect: Rect, fill: RGB = (255, 255, 255)) -> Image {
    let (newWidth, newHeight) = (max(rect.width, 1), max(rect.height, 1))
    let columns = (rect.x..<rect.x + newWidth).clamped(to: 0..<width)
    let rows = (rect.y..<rect.y + newHeight).clamped(to: 0..<height)
    return pixels.withUnsafeBufferPointer { source in
      Image(uncheckedWidth: newWidth, height: newHeight) { target in
        if columns.count < newWidth || rows.count < newHeight {
          for start in stride(from: 0, to: target.count, by: 3) {
            (target[start], target[start + 1], target[start + 2]) = fill
          }
        }
        if columns.isEmpty { return }
        for y in rows {
          let from = (y * width + columns.lowerBound) * 3
          let to = ((y - rect.y) * newWidth + columns.lowerBound - rect.x) * 3
          let length = columns.count * 3
          _ = UnsafeMutableBufferPointer(rebasing: target[to..<to + length])
            .update(fromContentsOf: source[from..<from + length])
        }
      }
    }
  }
}
