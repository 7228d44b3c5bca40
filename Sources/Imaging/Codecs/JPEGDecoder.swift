import CTurboJPEG
import Diagnostics

/// JPEG → picture, by TurboJPEG.
enum JPEGDecoder {
  private static let maximumScanCount = 100

  /// Decodes baseline and progressive JPEG files, grey, in colour or CMYK, and turns them upright.
  ///
  /// - Parameter bytes: a file that begins with the JPEG signature.
  /// - Throws: a `Diagnostic` if the data is damaged, or the picture too large or told in too many scans.
  static func decode(_ bytes: [UInt8]) throws -> Image {
    guard JPEGMarkers.scanCount(of: bytes, upTo: maximumScanCount) <= maximumScanCount else {
      throw Diagnostic.error(
        "The JPEG file has more than \(maximumScanCount) scans, where progressive files have about ten: it would take very long to decode.",
        hint: "Export the picture again.")
    }
    return try bytes.withUnsafeBufferPointer { try JPEGReader($0).read() }.oriented(JPEGMarkers.orientation(of: bytes))
  }

  /// Columns and rows as the picture stands upright; `nil` where the beginning of the file does not tell them.
  static func size(ofHead bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard let reader = try? bytes.withUnsafeBufferPointer({ try JPEGReader($0) }) else { return nil }
    return JPEGMarkers.orientation(of: bytes).size(width: reader.width, height: reader.height)
  }
}

/// Owns one TurboJPEG handle.
private final class JPEGReader {
  private let handle: tjhandle
  private let bytes: UnsafeBufferPointer<UInt8>
  let width: Int
  let height: Int
  private let isCMYK: Bool

  /// Reads the header of a JPEG file in memory, which must outlive the reader.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let handle = tjInitDecompress() else {
      throw Diagnostic.error("TurboJPEG cannot start: \(String(cString: tjGetErrorStr2(nil))).")
    }
    var width: Int32 = 0
    var height: Int32 = 0
    var subsampling: Int32 = -1
    var colorSpace: Int32 = -1
    let status = tjDecompressHeader3(
      handle, bytes.baseAddress, UInt(bytes.count), &width, &height, &subsampling, &colorSpace)
    // The call also fails for a chroma subsampling without a name, which decoding copes with: then the size is known.
    if status != 0, width < 1 || height < 1 {
      defer { tjDestroy(handle) }
      throw Self.fault(String(cString: tjGetErrorStr2(handle)))
    }
    self.handle = handle
    self.bytes = bytes
    self.width = Int(width)
    self.height = Int(height)
    isCMYK = colorSpace == Int32(TJCS_CMYK.rawValue) || colorSpace == Int32(TJCS_YCCK.rawValue)
    try Image.checkSize(width: self.width, height: self.height)
  }

  deinit { tjDestroy(handle) }

  /// Decodes the pixels.
  func read() throws -> Image {
    guard isCMYK else {
      return try Image(uncheckedWidth: width, height: height) { pixels in
        try decompress(into: pixels, format: TJPF_RGB)
      }
    }
    let count = width * height
    let cmyk = try [UInt8](unsafeUninitializedCapacity: count * 4) { buffer, initialized in
      try decompress(into: buffer, format: TJPF_CMYK)
      initialized = count * 4
    }
    return cmyk.withUnsafeBufferPointer { source in
      Image(uncheckedWidth: width, height: height) { target in
        // Adobe's programs, which write nearly all such files, store inks inverted: 255 is no ink.
        for pixel in 0..<count {
          let black = UInt32(source[pixel * 4 + 3])
          for channel in 0..<3 {
            let product = UInt32(source[pixel * 4 + channel]) &* black
            target[pixel * 3 + channel] = UInt8(truncatingIfNeeded: (product &+ 127) / 255)
          }
        }
      }
    }
  }

  private func decompress(into pixels: UnsafeMutableBufferPointer<UInt8>, format: TJPF) throws {
    // A progressive file of a few kilobytes could otherwise demand thousands of passes over a large picture.
    let flags = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS
    let status = tjDecompress2(
      handle, bytes.baseAddress, UInt(bytes.count), pixels.baseAddress, Int32(width), 0, Int32(height),
      Int32(format.rawValue), flags)
    guard status != 0 else { return }
    let message = String(cString: tjGetErrorStr2(handle))
    if tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue), Self.isHarmless(message) { return }
    throw Self.fault(message)
  }

  /// Whether every pixel can be right in spite of a warning.
  ///
  /// Cameras and editors write stray bytes between segments and odd headers; missing or broken pixel data is another
  /// matter. The texts are those of libjpeg's jerror.h.
  private static func isHarmless(_ warning: String) -> Bool {
    warning.contains("extraneous bytes before marker") || warning.hasPrefix("Invalid SOS parameters")
      || warning.hasPrefix("Warning: unknown JFIF revision") || warning.hasPrefix("Unknown Adobe color transform")
      || warning.hasPrefix("Inconsistent progression sequence")
  }

  private static func fault(_ message: String) -> Diagnostic {
    if message.hasPrefix("Premature end of JPEG file") {
      return .error("The JPEG file is cut off: it ends in the middle of the picture.", hint: "Copy or export it again.")
    }
    return .error(
      "The JPEG file cannot be decoded: TurboJPEG says “\(message)”.", hint: "Export the picture again.")
  }
}
