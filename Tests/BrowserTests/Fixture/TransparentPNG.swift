import Foundation

/// A picture with opacity as a PNG file: four bytes a pixel, not compressed.
enum TransparentPNG {
  /// - Parameter pixels: [height, width, 4], red, green, blue and opacity.
  static func file(width: Int, height: Int, pixels: [UInt8]) -> Data {
    let rows = (0..<height).flatMap { row -> [UInt8] in
      [0] + pixels[row * width * 4..<(row + 1) * width * 4]
    }
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: rows.count, by: 0xFFFF) {
      let block = rows[start..<min(start + 0xFFFF, rows.count)]
      let (low, high) = (UInt8(block.count & 0xFF), UInt8(block.count >> 8))
      stream += [start + block.count == rows.count ? 1 : 0, low, high, ~low, ~high] + block
    }
    stream += bigEndian(adler(rows))
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, 6, 0, 0, 0]
    return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      + chunk("IHDR", header) + chunk("IDAT", stream) + chunk("IEND", [])
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }

  private static func chunk(_ name: String, _ bytes: [UInt8]) -> Data {
    let content = Array(name.utf8) + bytes
    return Data(bigEndian(UInt32(bytes.count)) + content + bigEndian(crc(content)))
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (first, second): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      first = (first + UInt32(byte)) % 65521
      second = (second + first) % 65521
    }
    return second << 16 | first
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
    }
  }
}
