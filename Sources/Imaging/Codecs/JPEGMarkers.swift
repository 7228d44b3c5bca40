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
}
