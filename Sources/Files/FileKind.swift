import Foundation

/// What a file is, told by how it begins, whatever its name says.
///
/// Readers ask when a file is not what they wanted, so that the message can name what it is.
public enum FileKind: String, CaseIterable, Sendable {
  case empty = "an empty file"
  case gitLFSPointer = "a Git LFS pointer"
  case html = "a web page"
  case xml = "an XML file"
  case json = "a JSON file"
  case png = "a PNG picture"
  case jpeg = "a JPEG picture"
  case gif = "a GIF picture"
  case webP = "a WebP picture"
  case avif = "an AVIF picture"
  case heic = "an HEIC picture"
  case jpegXL = "a JPEG XL picture"
  case jpeg2000 = "a JPEG 2000 picture"
  case bmp = "a BMP picture"
  case tiff = "a TIFF picture"
  case ico = "an icon (ICO)"
  case svg = "an SVG drawing"
  case pdf = "a PDF document"
  case video = "a video"
  case numPyArray = "a NumPy array"
  case numPyArchive = "an archive of NumPy arrays (.npz)"
  case pyTorch = "a PyTorch file"
  case keras = "a Keras file"
  case hdf5 = "an HDF5 file, as Keras writes"
  case safetensors = "a safetensors file"
  case gguf = "a GGUF file"
  case tensorFlowLite = "a TensorFlow Lite model"
  case onnxRuntime = "a model in ONNX Runtime’s own format (.ort)"
  case onnxText = "an ONNX model written as text"
  case pickle = "a Python pickle, as old versions of PyTorch write"
  case zip = "a ZIP archive"
  case gzip = "a file compressed with gzip"
  case bzip2 = "a file compressed with bzip2"
  case xz = "a file compressed with xz"
  case zstandard = "a file compressed with Zstandard"
  case sevenZip = "a 7-Zip archive"
  case rar = "a RAR archive"
  case tar = "a tar archive"
  case text = "text"
  case zeros = "nothing but zeros"

  /// The kind's name with its article: `a web page`.
  public var name: String { rawValue }

  /// How many bytes of a file's beginning tell its kind.
  public static let prefixLength = 4096

  /// The kind of a file.
  ///
  /// - Parameter bytes: the file, or at least its first `prefixLength` bytes.
  /// - Returns: `nil` where nothing is recognised.
  public init?(_ bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(Self.prefixLength))
    guard let kind = Self.bySignature(start) ?? Self.byContainer(start) ?? Self.byText(start) else { return nil }
    self = kind
  }

  /// Whether `bytes` are a Git LFS pointer, which stands in a checkout for a file that was not fetched.
  public static func isGitLFSPointer(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: "version https://git-lfs".utf8)
  }

  // MARK: - Recognising

  private static func bySignature(_ start: [UInt8]) -> FileKind? {
    if start.isEmpty { return .empty }
    if isGitLFSPointer(start) { return .gitLFSPointer }
    return signatures.first { start.starts(with: $0.bytes) }?.kind
  }

  private static let signatures: [(bytes: [UInt8], kind: FileKind)] = [
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), ([0xFF, 0xD8, 0xFF], .jpeg),
    (Array("GIF8".utf8), .gif), (Array("BM".utf8), .bmp), (Array("II*\0".utf8), .tiff), (Array("MM\0*".utf8), .tiff),
    ([0xFF, 0x0A], .jpegXL), ([0, 0, 0, 0x0C] + Array("JXL ".utf8), .jpegXL),
    ([0, 0, 0, 0x0C] + Array("jP  ".utf8), .jpeg2000), ([0, 0, 1, 0], .ico), (Array("%PDF".utf8), .pdf),
    ([0x93] + Array("NUMPY".utf8), .numPyArray), ([0x89] + Array("HDF".utf8), .hdf5), (Array("GGUF".utf8), .gguf),
    ([0x1F, 0x8B], .gzip), (Array("BZh".utf8), .bzip2), ([0xFD] + Array("7zXZ\0".utf8), .xz),
    ([0x28, 0xB5, 0x2F, 0xFD], .zstandard), (Array("7z".utf8) + [0xBC, 0xAF, 0x27, 0x1C], .sevenZip),
    (Array("Rar!".utf8), .rar),
  ]

  /// What shows only some bytes behind the beginning.
  private static func byContainer(_ start: [UInt8]) -> FileKind? {
    func has(_ text: String, at offset: Int) -> Bool { start.dropFirst(offset).starts(with: text.utf8) }
    if has("RIFF", at: 0), has("WEBP", at: 8) { return .webP }
    if has("ftyp", at: 4) {
      if has("avif", at: 8) || has("avis", at: 8) { return .avif }
      return has("hei", at: 8) || has("hev", at: 8) || has("mif1", at: 8) ? .heic : .video
    }
    if has("TFL3", at: 4) { return .tensorFlowLite }
    if has("ORTM", at: 4) { return .onnxRuntime }
    if has("ustar", at: 257) { return .tar }
    if has("PK\u{3}\u{4}", at: 0) || has("PK\u{5}\u{6}", at: 0) { return zipKind(start) }
    // A pickle begins with its protocol's number; the legacy format of PyTorch with a pickled magic number.
    if start.count > 2, start[0] == 0x80, (2...5).contains(start[1]) { return .pickle }
    // The length of a header in JSON, eight bytes, and the header.
    if start.count > 9, start[4..<8].allSatisfy({ $0 == 0 }), has("{\"", at: 8) { return .safetensors }
    return start.count > 16 && start.allSatisfy { $0 == 0 } ? .zeros : nil
  }

  /// What made a ZIP archive, by the name of its first file.
  private static func zipKind(_ start: [UInt8]) -> FileKind {
    guard start.count > 30 else { return .zip }
    let length = Int(start[26]) | Int(start[27]) << 8
    let first = String(decoding: start.dropFirst(30).prefix(length), as: UTF8.self)
    if ["/data.pkl", "/constants.pkl", "/.format_version"].contains(where: first.hasSuffix) { return .pyTorch }
    if first.hasSuffix(".npy") { return .numPyArchive }
    return ["metadata.json", "config.json", "model.weights.h5"].contains(first) ? .keras : .zip
  }

  private static func byText(_ start: [UInt8]) -> FileKind? {
    let isText = start.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    guard isText, start.count >= prefixLength || String(bytes: start, encoding: .utf8) != nil else { return nil }
    guard start.count >= 8 else { return nil }
    let text = String(decoding: start, as: UTF8.self)
    let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    let beginning = trimmed.prefix(200).lowercased()
    if beginning.hasPrefix("<!doctype html") || beginning.hasPrefix("<html") { return .html }
    if beginning.hasPrefix("<svg") || beginning.hasPrefix("<?xml") && text.contains("<svg") { return .svg }
    if text.contains("ir_version") || text.contains("irVersion") { return .onnxText }
    if beginning.hasPrefix("<?xml") { return .xml }
    if beginning.hasPrefix("{") || beginning.hasPrefix("[{") || beginning.hasPrefix("[\"") { return .json }
    return .text
  }
}
