import CTurboJPEG
import Diagnostics

extension Image {
  /// The picture as a progressive JPEG file, with colour at full resolution (4:4:4).
  ///
  /// The bytes depend on nothing but the pixels, the quality and the version of libjpeg-turbo.
  ///
  /// - Parameter quality: 1…100; above 90, files grow faster than pictures improve.
  /// - Throws: a `Diagnostic` if TurboJPEG cannot write it: a side longer than 65,500 pixels, or out of memory.
  public func jpegData(quality: Int = 90) throws -> [UInt8] {
    try JPEGEncoder.encode(self, quality: min(max(quality, 1), 100))
  }
}

/// Picture → JPEG, by TurboJPEG.
enum JPEGEncoder {
  static func encode(_ image: Image, quality: Int) throws -> [UInt8] {
    // Colour maps carry their meaning in colour, and thin boxes are all edges: halving the colour's resolution, as is
    // usual for photos, smears both.
    let subsampling = Int32(TJSAMP_444.rawValue)
    let capacity = Int(tjBufSize(Int32(image.width), Int32(image.height), subsampling))
    guard let handle = tjInitCompress() else {
      throw Diagnostic.error("TurboJPEG cannot start: \(String(cString: tjGetErrorStr2(nil))).")
    }
    defer { tjDestroy(handle) }
    return try [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      var start = buffer.baseAddress
      var size = UInt(capacity)
      let status = tjCompress2(
        handle, image.pixels, Int32(image.width), 0, Int32(image.height), Int32(TJPF_RGB.rawValue), &start, &size,
        subsampling, Int32(quality), TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT | TJFLAG_PROGRESSIVE)
      guard status == 0 else {
        throw Diagnostic.error(
          "The picture of \(image.width) × \(image.height) pixels cannot be written as JPEG: TurboJPEG says "
            + "“\(String(cString: tjGetErrorStr2(handle)))”.",
          hint: "Make it smaller.")
      }
      count = Int(size)
    }
  }
}
