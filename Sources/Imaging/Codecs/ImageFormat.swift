import Diagnostics

/// What a file is, told by its first bytes, whatever its name says.
enum ImageFormat {
  case png, jpeg

  /// Recognises PNG and JPEG.
  ///
  /// - Throws: a `Diagnostic` that names what was found instead, as far as that is known.
  init(of bytes: [UInt8]) throws(Diagnostic) {
    if bytes.isEmpty {
      throw .error("The file is empty.", hint: "Export the picture again as PNG or JPEG.")
    }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: "version https://git-lfs".utf8) {
      throw .error("This is a Git LFS pointer, not the picture itself.", hint: "Run “git lfs pull”.")
    } else {
      let found = Self.otherName(of: bytes).map { "This is \($0)" } ?? "This is not a picture in a known format"
      throw .error("\(found); only PNG and JPEG can be read.", hint: "Convert it to PNG or JPEG.")
    }
  }

  /// The format's name with its article, for formats that people try.
  private static func otherName(of bytes: [UInt8]) -> String? {
    func has(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }
    if has("GIF8") { return "a GIF picture" }
    if has("RIFF"), has("WEBP", at: 8) { return "a WebP picture" }
    if has("ftyp", at: 4) {
      if has("avif", at: 8) || has("avis", at: 8) { return "an AVIF picture" }
      if has("hei", at: 8) || has("hev", at: 8) || has("mif1", at: 8) { return "an HEIC picture" }
      return "a video"
    }
    if has("BM") { return "a BMP picture" }
    if has("II*\0") || has("MM\0*") { return "a TIFF picture" }
    if has("%PDF") { return "a PDF document" }
    if has("<svg") || has("<?xml") { return "an SVG drawing" }
    return nil
  }
}
