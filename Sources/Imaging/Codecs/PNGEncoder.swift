import CPNG
import Diagnostics

extension Image {
  /// The picture as a PNG file: 8 bits a sample, grey if every pixel is.
  ///
  /// The bytes depend on nothing but the pixels and the versions of libpng and zlib.
  ///
  /// - Throws: a `Diagnostic` if libpng cannot write it: out of memory, or a side longer than a million pixels.
  public func pngData() throws -> [UInt8] {
    try PNGEncoder.encode(self)
  }
}

extension IndexedImage {
  /// The picture as a PNG file with a palette.
  ///
  /// - Throws: a `Diagnostic` if libpng cannot write it: out of memory, or a side longer than a million pixels.
  public func pngData() throws -> [UInt8] {
    var colors = cpng_palette()
    colors.count = Int32(palette.count)
    withUnsafeMutableBytes(of: &colors.colors) { bytes in
      for (index, tint) in palette.enumerated() {
        (bytes[index * 3], bytes[index * 3 + 1], bytes[index * 3 + 2]) = (tint.red, tint.green, tint.blue)
      }
    }
    withUnsafeMutableBytes(of: &colors.alphas) { bytes in
      for (index, tint) in palette.enumerated() { bytes[index] = tint.alpha }
    }
    return try PNGEncoder.encode(indices, width: width, height: height, channels: 1, palette: colors)
  }
}

/// Picture → PNG, by libpng.
enum PNGEncoder {
  static func encode(_ image: Image) throws -> [UInt8] {
    let isGray = image.isGray
    let samples = isGray ? stride(from: 0, to: image.pixels.count, by: 3).map { image.pixels[$0] } : image.pixels
    return try encode(samples, width: image.width, height: image.height, channels: isGray ? 1 : 3)
  }

  fileprivate static func encode(
    _ samples: [UInt8], width: Int, height: Int, channels: Int32, palette: cpng_palette? = nil
  ) throws -> [UInt8] {
    let append: png_rw_ptr = { png, bytes, count in
      let file = png_get_io_ptr(png)?.assumingMemoryBound(to: [UInt8].self)
      file?.pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    }
    var file: [UInt8] = []
    var complaint = cpng_complaint()
    let succeeded = withUnsafeMutablePointer(to: &file) { file in
      func write(_ palette: UnsafePointer<cpng_palette>?) -> Int32 {
        cpng_write(samples, png_uint_32(width), png_uint_32(height), channels, palette, append, file, &complaint)
      }
      return if var palette { write(&palette) } else { write(nil) }
    }
    guard succeeded != 0 else {
      throw Diagnostic.error(
        "The picture of \(width) × \(height) pixels cannot be written as PNG: libpng says "
          + "“\(String(cArray: complaint.text))”.",
        hint: "Make it smaller.")
    }
    return file
  }
}

extension Image {
  /// Whether red, green and blue are the same everywhere.
  var isGray: Bool {
    pixels.withUnsafeBufferPointer { pixels in
      // A row at a time: most pictures in colour show it in the first.
      for row in stride(from: 0, to: pixels.count, by: width * 3) {
        var differences: UInt8 = 0
        for i in stride(from: row, to: row + width * 3, by: 3) {
          differences |= (pixels[i] ^ pixels[i + 1]) | (pixels[i] ^ pixels[i + 2])
        }
        if differences != 0 { return false }
      }
      return true
    }
  }
}
