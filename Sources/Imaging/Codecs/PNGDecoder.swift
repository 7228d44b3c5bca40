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
      return try reader.read()
    }
    return image.oriented(chunks.orientation)
  }

  /// Columns and rows as the picture stands upright; `nil` where the beginning of the file does not tell them.
  static func size(ofHead bytes: [UInt8]) -> (width: Int, height: Int)? {
    let header = bytes.dropFirst(12)
    guard header.starts(with: "IHDR".utf8), let width = header.dropFirst(4).bigEndian(bytes: 4),
      let height = header.dropFirst(8).bigEndian(bytes: 4), width > 0, height > 0
    else { return nil }
    return PNGChunks.orientation(ofHead: bytes).size(width: width, height: height)
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
  }

  deinit {
    png_image_free(image)
    image.deallocate()
  }

  private var width: Int { Int(image.pointee.width) }
  private var height: Int { Int(image.pointee.height) }

  /// Reads the pixels.
  func read() throws -> Image {
    let format = image.pointee.format
    if format & png_uint_32(PNG_FORMAT_FLAG_LINEAR) != 0 { return try read16() }
    return format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0 ? try readOverWhite() : try readOpaque()
  }

  /// Reads the pixels of a picture without alpha.
  private func readOpaque() throws -> Image {
    image.pointee.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    return try Image(uncheckedWidth: width, height: height) { pixels in
      try check(png_image_finish_read(image, nil, pixels.baseAddress, 0, nil))
    }
  }

  /// Reads the pixels and lays them over white, in sRGB as browsers do; libpng would do so in linear light.
  private func readOverWhite() throws -> Image {
    image.pointee.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
    let rgba = try readSamples(as: UInt8.self)
    return rgba.withUnsafeBufferPointer { source in
      Image(uncheckedWidth: width, height: height) { target in
        for pixel in 0..<source.count / 4 {
          let alpha = UInt32(source[pixel * 4 + 3])
          for channel in 0..<3 {
            let weighted = UInt32(source[pixel * 4 + channel]) &* alpha &+ 255 &* (255 &- alpha)
            target[pixel * 3 + channel] = UInt8(truncatingIfNeeded: (weighted &+ 127) / 255)
          }
        }
      }
    }
  }

  /// Reads the pixels of a picture with 16 bits a sample, lays them over white and rounds them to 8.
  ///
  /// libpng takes such samples for linear light, and so leaves them alone as long as linear light is asked for. (Asked
  /// for 8 bits, libpng 1.6.39 garbles interlaced pictures.) In that form, colours come multiplied by alpha.
  private func read16() throws -> Image {
    image.pointee.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA | PNG_FORMAT_FLAG_LINEAR)
    let rgba = try readSamples(as: UInt16.self)
    return rgba.withUnsafeBufferPointer { source in
      Image(uncheckedWidth: width, height: height) { target in
        for pixel in 0..<source.count / 4 {
          let white = UInt32(65535 - source[pixel * 4 + 3])
          for channel in 0..<3 {
            let sum = min(UInt32(source[pixel * 4 + channel]) &+ white, 65535)
            target[pixel * 3 + channel] = UInt8(truncatingIfNeeded: (sum &+ 128) / 257)
          }
        }
      }
    }
  }

  /// Reads four samples a pixel.
  private func readSamples<Sample>(as type: Sample.Type) throws -> [Sample] {
    let count = width * height * 4
    return try [Sample](unsafeUninitializedCapacity: count) { buffer, initialized in
      try check(png_image_finish_read(image, nil, buffer.baseAddress, 0, nil))
      initialized = count
    }
  }

  private func check(_ status: Int32) throws {
    guard status == 0 else { return }
    throw Diagnostic.error(
      "The PNG file cannot be decoded: libpng says “\(String(cArray: image.pointee.message))”.",
      hint: "Export the picture again.")
  }
}
