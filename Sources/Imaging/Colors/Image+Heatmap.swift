public import Diagnostics
public import Vocabulary

extension Heatmap {
  /// - Throws: `Diagnostic` where the map cannot be shown.
  func requireFinite() throws(Diagnostic) {
    guard isFinite else {
      throw .error("A map with cells that are infinite or not numbers cannot be shown.")
    }
  }
}

extension Image {
  /// A map as a picture of its own size, a pixel a cell.
  ///
  /// - Parameters:
  ///   - heatmap: normalised to 0…1; values outside get the end colours.
  ///   - colormap: the colours.
  /// - Throws: a `Diagnostic` if a cell is infinite or not a number.
  public init(_ heatmap: Heatmap, colormap: Colormap) throws(Diagnostic) {
    try heatmap.requireFinite()
    self.init(uncheckedWidth: heatmap.width, height: heatmap.height) { target in
      for (index, value) in heatmap.values.enumerated() {
        (target[index * 3], target[index * 3 + 1], target[index * 3 + 2]) = colormap.color(at: value)
      }
    }
  }
}

/// A picture seen through the colours of a map: (1 − opacity) · picture + opacity · colour.
///
/// The result is not stretched to the full range afterwards, so the same colour means the same value, and the picture
/// is equally bright, on all overlays of a page.
///
/// - Parameters:
///   - heatmap: normalised to 0…1, of any size; it is upsampled to the picture's in one step.
///   - image: the picture.
///   - colormap: the colours; red is high and blue is low in `turbo` and `jet`.
///   - opacity: from 0, the picture alone, to 1, the colours alone; clamped.
/// - Throws: a `Diagnostic` if a cell is infinite or not a number.
public func overlay(
  _ heatmap: Heatmap, on image: Image, colormap: Colormap = .turbo, opacity: Float = 0.5
) throws(Diagnostic) -> Image {
  try heatmap.requireFinite()
  // Weights over 2^16, which holds any product with a level in 32 bits.
  let one: UInt32 = 1 << 16
  let colorWeight = UInt32(max(0, min(opacity, 1)) * Float(one))
  let imageWeight = one - colorWeight
  let tints = colormap.table.map { UInt32($0) * colorWeight + one / 2 }
  let map = heatmap.upsampled(width: image.width, height: image.height)
  return Image(uncheckedWidth: image.width, height: image.height) { target in
    image.pixels.withUnsafeBufferPointer { source in
      tints.withUnsafeBufferPointer { tints in
        map.values.withUnsafeBufferPointer { values in
          for index in 0..<values.count {
            let entry = Colormap.entry(of: values[index]) &* 3
            for channel in 0..<3 {
              let position = index &* 3 &+ channel
              let sum = UInt32(source[position]) &* imageWeight &+ tints[entry &+ channel]
              target[position] = UInt8(truncatingIfNeeded: sum >> 16)
            }
          }
        }
      }
    }
  }
}
