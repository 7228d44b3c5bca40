import Diagnostics

/// An 8-bit sRGB picture without transparency.
public struct Image: Equatable, Sendable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// The samples, row by row from the top left, red, green and blue of a pixel side by side: [height, width, 3].
  ///
  /// Fixed at creation, so that the count always agrees with the size.
  public let pixels: [UInt8]

  /// Most pixels that a picture may have: 2^27, some 134 million. A file of a few kilobytes can claim more than memory holds.
  public static let maximumPixelCount = 1 << 27

  /// Creates a picture from its samples.
  ///
  /// - Throws: a `Diagnostic` if a side is not positive, the picture has too many pixels, or the count of samples is not
  ///   `width` × `height` × 3.
  public init(width: Int, height: Int, pixels: [UInt8]) throws {
    try Self.checkSize(width: width, height: height)
    guard pixels.count == width * height * 3 else {
      throw Diagnostic.error(
        "A picture of \(width) × \(height) pixels has \(width * height * 3) samples, not \(pixels.count).")
    }
    self.init(uncheckedWidth: width, height: height, pixels: pixels)
  }

  /// Creates a picture whose size is known to be right.
  init(uncheckedWidth width: Int, height: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Creates a picture whose size is known to be right and whose samples `fill` writes, every one of them.
  init(
    uncheckedWidth width: Int, height: Int, fill: (UnsafeMutableBufferPointer<UInt8>) throws -> Void
  ) rethrows {
    let count = width * height * 3
    self.width = width
    self.height = height
    self.pixels = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      try fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  /// Checks a size before anything is allocated for it.
  static func checkSize(width: Int, height: Int) throws(Diagnostic) {
    guard width > 0, height > 0 else {
      throw .error("A picture of \(width) × \(height) pixels has no content.")
    }
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= maximumPixelCount else {
      throw .error(
        "The picture has \(width) × \(height) pixels; at most \(maximumPixelCount) can be handled.",
        hint: "Shrink it: no network sees more than a thousand pixels a side.")
    }
  }

  /// The colour at a column and row, or `nil` outside the picture.
  public subscript(x: Int, y: Int) -> RGB? {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return nil }
    let start = (y * width + x) * 3
    return (pixels[start], pixels[start + 1], pixels[start + 2])
  }
}

/// An sRGB colour, 0…255 a channel.
public typealias RGB = (red: UInt8, green: UInt8, blue: UInt8)
