import Foundation

/// What TurboJPEG does not tell about a JPEG file.
enum JPEGMarkers {
  /// The orientation in the Exif block, `upright` without one.
  ///
  /// Walks the segments before the first scan; a walk that goes astray ends early.
  static func orientation(of bytes: [UInt8]) -> Orientation {
    var offset = 2
    while offset + 4 <= bytes.count, bytes[offset] == 0xFF {
      let marker = bytes[offset + 1]
      if marker == 0xFF {
        // A fill byte.
        offset += 1
        continue
      }
      let startOfScan: UInt8 = 0xDA
      guard marker != startOfScan, let length = bytes[(offset + 2)...].bigEndian(bytes: 2), length >= 2 else { break }
      let segment = bytes[(offset + 4)...].prefix(length - 2)
      let app1: UInt8 = 0xE1
      if marker == app1, segment.starts(with: "Exif\0\0".utf8) {
        return Orientation(exif: segment.dropFirst(6))
      }
      offset += 2 + length
    }
    return .upright
  }

  /// How many scans the picture is told in, counted up to one more than `limit`.
  ///
  /// Each scan of a progressive file is a pass over the whole picture, however few bytes it takes.
  static func scanCount(of bytes: [UInt8], upTo limit: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      var count = 0
      var offset = 2
      // Pixel data holds no 0xFF that a zero or a restart marker does not follow.
      while offset + 1 < bytes.count, count <= limit,
        let found = memchr(start + offset, 0xFF, bytes.count - 1 - offset)
      {
        offset = start.distance(to: UnsafeRawPointer(found)) + 1
        let marker = bytes[offset]
        if marker == 0xDA { count += 1 }
        let isAlone = marker == 0 || marker == 0xFF || (0xD0...0xD9).contains(marker)
        guard !isAlone, offset + 2 < bytes.count else { continue }
        // What is in a segment, such as a thumbnail, is no scan of this picture.
        offset += 1 + max(2, Int(bytes[offset + 1]) << 8 | Int(bytes[offset + 2]))
      }
      return count
    }
  }
}
