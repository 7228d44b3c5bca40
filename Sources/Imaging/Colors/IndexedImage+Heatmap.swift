public import Diagnostics
public import Vocabulary

extension IndexedImage {
  /// A map in colours, to be laid over a photo.
  ///
  /// The index of a pixel is its value: entry ⌊256 · value⌋ of the colour map.
  ///
  /// - Parameters:
  ///   - heatmap: normalised to 0…1, where signed maps have nothing to show at 0.5; of any size, it is upsampled in one step.
  ///   - region: the part of the picture that the map covers; it may reach beyond. What lies outside stays untouched.
  ///   - width: the picture's columns, at least 1.
  ///   - height: the picture's rows, at least 1.
  ///   - colors: how values become colours.
  /// - Throws: a `Diagnostic` if a cell is infinite or not a number.
  public init(
    _ heatmap: Heatmap, over region: Rect? = nil, width: Int, height: Int, colors: MapColors
  ) throws(Diagnostic) {
    try heatmap.requireFinite()
    let region = region ?? Rect(x: 0, y: 0, width: width, height: height)
    let map = heatmap.upsampled(width: region.width, height: region.height)
    let columns = (region.x..<region.x + region.width).clamped(to: 0..<width)
    let rows = (region.y..<region.y + region.height).clamped(to: 0..<height)
    let isPart = columns.count < width || rows.count < height
    // Where the map ends, no colour may begin: an index of its own, or the one that fades to nothing.
    let outside = colors.clearEntry ?? 0
    let lowest = isPart && colors.clearEntry == nil ? 1 : 0
    var indices = [UInt8](repeating: UInt8(outside), count: width * height)
    for row in rows {
      for column in columns {
        let value = map.values[(row - region.y) * map.width + column - region.x]
        indices[row * width + column] = UInt8(max(lowest, Colormap.entry(of: value)))
      }
    }
    var palette = colors.palette
    if lowest == 1 { palette[0] = Tint((0, 0, 0), alpha: 0) }
    self.init(uncheckedWidth: width, height: height, indices: indices, palette: palette)
  }
}

/// How the values of a map become colours over a photo.
public struct MapColors: Equatable, Sendable {
  /// The colours from the lowest value to the highest.
  public var colormap: Colormap
  /// How strongly they cover the photo at most, 0…1.
  public var opacity: Float
  /// Where they cover it.
  public var blend: Blend
  /// Whether values speak for something above 0.5 and against it below, or from 0 up for it alone.
  public var isSigned: Bool

  /// Creates colours.
  public init(_ colormap: Colormap, opacity: Float, blend: Blend, isSigned: Bool = false) {
    self.colormap = colormap
    self.opacity = opacity
    self.blend = blend
    self.isSigned = isSigned
  }

  /// The entry that lets the photo through, if there is one.
  var clearEntry: Int? { blend == .fade ? (isSigned ? 128 : 0) : nil }

  /// 256 colours, each as strong as its values are: with `fade`, opacity · s · (2 − s), where s is the distance from no evidence.
  public var palette: [IndexedImage.Tint] {
    let table = colormap.table
    return (0..<256).map { entry in
      let strength: Float =
        switch (blend, isSigned) {
        case (.flat, _): 1
        case (.fade, false): Float(entry) / 255
        case (.fade, true): abs(Float(entry - 128)) / (entry < 128 ? 128 : 127)
        }
      let share = max(0, min(opacity, 1)) * strength * (2 - strength)
      return IndexedImage.Tint(
        (table[entry * 3], table[entry * 3 + 1], table[entry * 3 + 2]), alpha: UInt8((share * 255).rounded()))
    }
  }
}
