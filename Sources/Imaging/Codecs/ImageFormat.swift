import Diagnostics
import Files

/// How a picture is coded, told by its first bytes, whatever the file's name says.
enum ImageFormat {
  case png, jpeg

  /// Recognises PNG and JPEG.
  ///
  /// - Throws: a `Diagnostic` that names what was found instead, as far as that is known.
  init(of bytes: [UInt8]) throws(Diagnostic) {
    switch FileKind(bytes) {
    case .png: self = .png
    case .jpeg: self = .jpeg
    case .empty: throw .error("The file is empty.", hint: "Export the picture again as PNG or JPEG.")
    case .gitLFSPointer:
      throw .error("This is a Git LFS pointer, not the picture itself.", hint: "Run “git lfs pull”.")
    case .html?:
      throw .error("This is a web page, not a picture.", hint: "Open it in a browser and save the picture itself.")
    case let found?: throw .error("This is \(found.name); \(Self.readable)", hint: Self.conversion)
    case nil: throw .error("This is not a picture in a known format; \(Self.readable)", hint: Self.conversion)
    }
  }

  private static let readable = "only PNG and JPEG can be read."
  private static let conversion = "Convert it to PNG or JPEG."
}
