public import Diagnostics
public import Vocabulary

extension Image {
  /// The picture with another one laid over it, as far as that lies inside.
  ///
  /// - Parameters:
  ///   - x: the column of the other's left edge; may be negative.
  ///   - y: the row of its top edge.
  public func pasting(_ other: Image, x: Int, y: Int) -> Image {
    let columns = (x..<x + other.width).clamped(to: 0..<width)
    let rows = (y..<y + other.height).clamped(to: 0..<height)
    guard !columns.isEmpty else { return self }
    return Image(uncheckedWidth: width, height: height) { target in
      _ = target.update(fromContentsOf: pixels)
      for row in rows {
        let (from, to) = (
          ((row - y) * other.width + columns.lowerBound - x) * 3, (row * width + columns.lowerBound) * 3
        )
        _ = UnsafeMutableBufferPointer(rebasing: target[to..<to + columns.count * 3])
          .update(fromContentsOf: other.pixels[from..<from + columns.count * 3])
      }
    }
  }
}

/// A part of a picture seen through the colours of a map, and the rest as it is.
///
/// - Parameters:
///   - heatmap: normalised to 0…1, of any size; it is upsampled to the region in one step.
///   - region: where it lies; what of it is outside the picture is left out.
///   - image: the picture.
///   - colormap: the colours.
///   - opacity: from 0, the picture alone, to 1, the colours alone; clamped.
/// - Throws: a `Diagnostic` if a cell is infinite or not a number.
public func overlay(
  _ heatmap: Heatmap, over region: Rect, on image: Image, colormap: Colormap = .turbo, opacity: Float = 0.5
) throws(Diagnostic) -> Image {
  let part = try overlay(heatmap, on: image.cropped(to: region), colormap: colormap, opacity: opacity)
  return image.pasting(part, x: region.x, y: region.y)
}
