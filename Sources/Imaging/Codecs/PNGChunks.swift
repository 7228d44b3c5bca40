import Diagnostics

/// The parts of a PNG file that say what its pixels are.
///
/// libpng corrects colours by gAMA, iCCP and other ancillary chunks, and would let a damaged comment spoil a good
/// picture. It therefore sees the critical chunks and tRNS only.
struct PNGChunks {
  /// A PNG file without ancillary chunks, tRNS apart.
  private(set) var essential: [UInt8]
  /// From the eXIf chunk.
  private(set) var orientation = Orientation.upright

  /// Walks the chunks up to IEND; what follows is ignored.
  ///
  /// - Parameter bytes: a file that begins with the PNG signature.
  /// - Throws: a `Diagnostic` if the file ends before IEND does, or holds an animation.
  init(_ bytes: [UInt8]) throws(Diagnostic) {
    essential = Array(bytes.prefix(8))
    essential.reserveCapacity(bytes.count)
    var offset = 8
    while true {
      // Length, type, data, checksum.
      guard let length = bytes[offset...].bigEndian(bytes: 4), length <= bytes.count - offset - 12 else {
        throw .error(
          "The PNG file is cut off: it ends after \(bytes.count) bytes, in the middle of the picture.",
          hint: "Copy or export it again.")
      }
      let type = bytes[offset + 4..<offset + 8]
      let end = offset + 12 + length
      let isCritical = bytes[offset + 4] & 0x20 == 0
      if isCritical || type.elementsEqual("tRNS".utf8) {
        essential += bytes[offset..<end]
      } else if type.elementsEqual("eXIf".utf8) {
        orientation = Orientation(exif: bytes[offset + 8..<end - 4])
      } else if type.elementsEqual("acTL".utf8), let count = bytes[(offset + 8)...].bigEndian(bytes: 4), count > 1 {
        throw .error(
          "This is an animated PNG of \(count) frames; only still pictures can be read.",
          hint: "Export one frame as PNG.")
      }
      if type.elementsEqual("IEND".utf8) { return }
      offset = end
    }
  }

  /// The orientation in the eXIf chunk, `upright` where the beginning of a file has none before its pixels.
  static func orientation(ofHead bytes: [UInt8]) -> Orientation {
    var offset = 8
    while let length = bytes.dropFirst(offset).bigEndian(bytes: 4) {
      let chunk = bytes.dropFirst(offset + 4)
      if chunk.starts(with: "eXIf".utf8) { return Orientation(exif: chunk.dropFirst(4).prefix(length)) }
      if chunk.starts(with: "IDAT".utf8) { break }
      offset += 12 + length
    }
    return .upright
  }
}
