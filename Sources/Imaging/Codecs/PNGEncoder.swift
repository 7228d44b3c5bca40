import CPNG
import Diagnostics

extension Image {
  /// The picture as a PNG file: 8 bits a sample, grey if every pixel is.
  ///
  /// The bytes depend on nothing but the pixels and the version of zlib.
  ///
  /// - Throws: a `Diagnostic` if zlib runs out of memory.
  public func pngData() throws -> [UInt8] {
    try PNGEncoder.encode(self)
  }
}

/// Picture → PNG.
///
/// Every row is filtered with Paeth's predictor, which leaves small numbers around zero and few repetitions longer than
/// a run; so deflate looks for runs only (`Z_RLE`). On overlays and photos this is as small as libpng's choice of
/// filters with a full search, and ten times faster.
enum PNGEncoder {
  static func encode(_ image: Image) throws -> [UInt8] {
    let channels = image.isGray ? 1 : 3
    let samples = channels == 3 ? image.pixels : stride(from: 0, to: image.pixels.count, by: 3).map { image.pixels[$0] }
    let filtered = paethFiltered(samples, rowLength: image.width * channels, pixelLength: channels)
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // Bits a sample, colour type (0 grey, 2 RGB), then deflate, adaptive filters, no interlacing.
    let header = bigEndian(image.width) + bigEndian(image.height) + [8, channels == 1 ? 0 : 2, 0, 0, 0]
    append("IHDR", header, to: &file)
    append("IDAT", try deflated(filtered), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// Each row preceded by its filter type; each sample as its difference from the neighbour (left, above or above left)
  /// that is nearest to left + above − above left.
  ///
  /// Source: PNG specification, third edition, 9.4.
  private static func paethFiltered(_ samples: [UInt8], rowLength: Int, pixelLength: Int) -> [UInt8] {
    let paeth: UInt8 = 4
    let rows = samples.count / rowLength
    let count = rows * (rowLength + 1)
    let beforeFirst = [UInt8](repeating: 0, count: rowLength)
    return [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      samples.withUnsafeBufferPointer { source in
        for row in 0..<rows {
          let start = row * (rowLength + 1)
          target[start] = paeth
          let output = UnsafeMutableBufferPointer(rebasing: target[start + 1..<start + 1 + rowLength])
          let current = UnsafeBufferPointer(rebasing: source[row * rowLength..<(row + 1) * rowLength])
          if row == 0 {
            beforeFirst.withUnsafeBufferPointer {
              filterRow(current, above: $0, pixelLength: pixelLength, into: output)
            }
          } else {
            let above = UnsafeBufferPointer(rebasing: source[(row - 1) * rowLength..<row * rowLength])
            filterRow(current, above: above, pixelLength: pixelLength, into: output)
          }
        }
      }
      initialized = count
    }
  }

  /// One row; all buffers have the same length.
  private static func filterRow(
    _ current: UnsafeBufferPointer<UInt8>, above: UnsafeBufferPointer<UInt8>, pixelLength: Int,
    into output: UnsafeMutableBufferPointer<UInt8>
  ) {
    // Left of the first pixel there are zeros: the nearest neighbour is the one above.
    for i in 0..<pixelLength { output[i] = current[i] &- above[i] }
    for i in pixelLength..<max(current.count, pixelLength) {
      let left = Int16(current[i &- pixelLength])
      let up = Int16(above[i])
      let upLeft = Int16(above[i &- pixelLength])
      let distanceLeft = abs(up &- upLeft)
      let distanceUp = abs(left &- upLeft)
      let distanceUpLeft = abs(left &+ up &- upLeft &- upLeft)
      let nearerOfTwo = distanceUp <= distanceUpLeft ? up : upLeft
      let predicted = distanceLeft <= min(distanceUp, distanceUpLeft) ? left : nearerOfTwo
      output[i] = current[i] &- UInt8(truncatingIfNeeded: predicted)
    }
  }

  private static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    let fastest: Int32 = 1
    let windowBits: Int32 = 15
    let memoryLevel: Int32 = 9
    let status = deflateInit2_(
      &stream, fastest, Z_DEFLATED, windowBits, memoryLevel, Z_RLE, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      throw Diagnostic.error("zlib cannot start (deflateInit2 returned \(status)).")
    }
    defer { deflateEnd(&stream) }
    let capacity = Int(deflateBound(&stream, uLong(bytes.count)))
    return try bytes.withUnsafeBufferPointer { source in
      try [UInt8](unsafeUninitializedCapacity: capacity) { target, initialized in
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = uInt(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = uInt(capacity)
        let status = deflate(&stream, Z_FINISH)
        guard status == Z_STREAM_END else {
          throw Diagnostic.error("zlib cannot compress (deflate returned \(status)).")
        }
        initialized = Int(stream.total_out)
      }
    }
  }

  private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    file += bigEndian(data.count)
    let start = file.count
    file += type.utf8
    file += data
    let checksum = file[start...].withUnsafeBufferPointer { crc32(0, $0.baseAddress, uInt($0.count)) }
    file += bigEndian(Int(checksum))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { Array($0) }
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
