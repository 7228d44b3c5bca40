import Files
public import Foundation
import Hashing

/// One file of the site, ready to be written.
public struct OutputFile: Sendable, Hashable {
  /// Where a file's bytes come from.
  public enum Contents: Sendable, Hashable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// The bytes of a file on disk, which are read when they are needed and not before.
    ///
    /// `version` is any text that is another whenever the bytes are: a hash of them, or the file's stamp.
    case file(URL, version: String)

    /// A text that is another whenever the bytes are.
    var version: String {
      switch self {
      case .bytes(let bytes): SHA256.hash(bytes).hexadecimal
      case .file(_, let version): version
      }
    }

    /// Calls `body` with the bytes.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws(SystemError) -> Result) throws -> Result {
      switch self {
      case .bytes(let bytes): try bytes.withUnsafeBytes(body)
      case .file(let url, _): try Data(contentsOf: url, options: .mappedIfSafe).withUnsafeBytes(body)
      }
    }
  }

  /// The path from the output folder, with `/` between parts: `experiments/cat-dog.html`.
  public var path: String
  /// The bytes.
  public var contents: Contents
  /// What it was made from, for messages: `content/experiments/cat-dog.md`.
  public var origin: String

  /// Creates a file.
  public init(path: String, contents: Contents, origin: String) {
    self.path = path
    self.contents = contents
    self.origin = origin
  }

  /// The bytes as text.
  ///
  /// - Throws: where they are those of a file that cannot be read.
  public var text: String {
    get throws { try contents.withBytes { String(decoding: $0, as: UTF8.self) } }
  }

  /// Creates a text file in UTF-8.
  public init(path: String, text: String, origin: String) {
    self.init(path: path, contents: .bytes(Array(text.utf8)), origin: origin)
  }
}
