import CPNG
import Diagnostics

/// PNG → picture, by libpng's simplified API.
enum PNGDecoder {
  /// Decodes every PNG colour type and depth; 16-bit samples are rounded to 8, alpha is laid over white.
  ///
  /// - Parameter bytes: a file that begins with the PNG signature.
  /// - Throws: a `Diagnostic` if the data is damaged or the picture too large.
  static func decode(_ bytes: [UInt8]) throws -> Image {
    let chunks = try PNGChunks(bytes)
    let image = try chunks.essential.withUnsafeBytes { essential in
      let reader = try PNGReader(essential)
      return reader.hasAlpha ? try reader.readOverWhite() : try reader.readOpaque()
    }
    return image.oriented(chunks.orientation)
  }
}

/// Owns one `png_image`.
private final class PNGReader {
  /// On the heap because libpng keeps the address between calls.
  private let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)

  /// Reads the header of a PNG file in memory, which must outlive the reader.
  init(_ bytes: UnsafeRawBufferPointer) throws {
    image.initialize(to: png_image())
    image.pointee.version = png_uint_32(PNG_IMAGE_VERSION)
    try check(png_image_begin_read_from_memory(image, bytes.baseAddress, bytes.count))
    try Image.checkSize(width: width, height: height)
    // Otherwise 16-bit samples would be taken as linear light.
    image.pointee.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
  }

  deinit {
    png_image_free(image)
    image.deallocate()
  }

  private var width: Int { Int(image.pointee.width) }
  private var height: Int { Int(image.pointee.height) }

  /// Whether there is an alpha channel or a transparent colour.
  var hasAlpha: Bool { image.pointee.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0 }

  /// Reads the pixels of a picture without alpha.
  func readOpaque() throws -> Image {
    image.pointee.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    return try Image(uncheckedWidth: width, height: height) { pixels in
      try check(png_image_finish_read(image, nil, pixels.baseAddress, 0, nil))
    }
  }

  /// Reads the pixels and lays them over white, in sRGB as browsers do; libpng would do so in linear light.
  func readOverWhite() throws -> Image {
    image.pointee.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
    let count = width * height
    let rgba = try [UInt8](unsafeUninitializedCapacity: count * 4) { buffer, initialized in
      try check(png_image_finish_read(image, nil, buffer.baseAddress, 0, nil))
      initialized = count * 4
    }
    return rgba.withUnsafeBufferPointer { source in
      Image(uncheckedWidth: width, height: height) { target in
        for pixel in 0..<count {
          let alpha = UInt32(source[pixel * 4 + 3])
          for channel in 0..<3 {
            let weighted = UInt32(source[pixel * 4 + channel]) &* alpha &+ 255 &* (255 &- alpha)
            target[pixel * 3 + channel] = UInt8(truncatingIfNeeded: (weighted &+ 127) / 255)
          }
        }
      }
    }
  }

  private func check(_ status: Int32) throws {
    guard status == 0 else { return }
    let message = withUnsafeBytes(of: image.pointee.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    throw Diagnostic.error("The PNG data is damaged: \(message).", hint: "Export the picture again.")
  }
}
