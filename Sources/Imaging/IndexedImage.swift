public import Diagnostics

/// A picture of at most 256 colours, which may let through what lies below it.
///
/// An overlay is one: its indices are the map's values, so that nothing of them is lost in a file.
public struct IndexedImage: Equatable, Sendable {
  /// A colour and how much of it is seen.
  public struct Tint: Equatable, Sendable {
    /// The levels of red, green and blue: 0…255.
    public let red, green, blue: UInt8
    /// From 0, what lies below, to 255, the colour alone.
    public let alpha: UInt8

    /// Creates a tint.
    public init(_ color: RGB, alpha: UInt8) {
      (red, green, blue) = color
      self.alpha = alpha
    }
  }

  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// Which colour each pixel has, row by row from the top left: [height, width].
  public let indices: [UInt8]
  /// 1…256 colours.
  public let palette: [Tint]

  /// Creates a picture.
  ///
  /// - Throws: a `Diagnostic` if a side is not positive, the count of indices is not `width` × `height`, or one of them has no
  ///   colour.
  public init(width: Int, height: Int, indices: [UInt8], palette: [Tint]) throws {
    try Image.checkSize(width: width, height: height)
    guard indices.count == width * height, (1...256).contains(palette.count),
      indices.allSatisfy({ Int($0) < palette.count })
    else {
      throw Diagnostic.error("A picture of \(width) × \(height) pixels needs an index with a colour for each of them.")
    }
    self.init(uncheckedWidth: width, height: height, indices: indices, palette: palette)
  }

  /// Creates a picture whose parts are known to be right.
  init(uncheckedWidth width: Int, height: Int, indices: [UInt8], palette: [Tint]) {
    self.width = width
    self.height = height
    self.indices = indices
    self.palette = palette
  }

  /// What is seen where this lies over a picture of the same size: (255 − alpha) / 255 of that and alpha / 255 of the colour, to
  /// the nearest level, as browsers show it.
  ///
  /// - Throws: a `Diagnostic` if the sizes differ.
  public func laid(over image: Image) throws(Diagnostic) -> Image {
    guard image.width == width, image.height == height else {
      throw .error(
        "A picture of \(width) × \(height) pixels cannot be laid over one of \(image.width) × \(image.height).")
    }
    let tints = palette.flatMap { tint in
      [tint.red, tint.green, tint.blue].map { (UInt32($0) * UInt32(tint.alpha) + 127, 255 - UInt32(tint.alpha)) }
    }
    return Image(uncheckedWidth: width, height: height) { target in
      image.pixels.withUnsafeBufferPointer { source in
        for (pixel, index) in indices.enumerated() {
          for channel in 0..<3 {
            let (color, rest) = tints[Int(index) &* 3 &+ channel]
            let position = pixel &* 3 &+ channel
            target[position] = UInt8(truncatingIfNeeded: (UInt32(source[position]) &* rest &+ color) / 255)
          }
        }
      }
    }
  }
}
