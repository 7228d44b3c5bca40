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

    /// Writes the bytes to a new file.
    ///
    /// - Returns: their SHA-256 in hexadecimal digits.
    func write(to path: String, _ disk: Disk) throws(SystemError) -> String {
      switch self {
      case .bytes(let bytes):
        try disk.write(bytes, to: path)
        return SHA256.hash(bytes).hexadecimal
      case .file(let url, _):
        return try disk.copy(url.path, to: path)
      }
    }

    /// The SHA-256 of the bytes, if a file of `size` bytes holds them too; else `nil`.
    func hash(ifIn path: String, size: Int) throws(SystemError) -> String? {
      switch self {
      case .bytes(let bytes):
        guard bytes.count == size, try FileContents.of(path, equal: bytes) else { return nil }
        return SHA256.hash(bytes).hexadecimal
      case .file(let url, _):
        guard try FileStamp(ofFileAt: url.path)?.size == size else { return nil }
        let hash = try FileContents.hash(of: url.path)
        return try FileContents.hash(of: path) == hash ? hash : nil
      }
    }
  }

  /// The path from the output folder, with `/` between parts: `experiments/cat-dog.html`.
  public var path: String
  /// The bytes.
  public var contents: Contents
  /// What it was made from, for messages: `content/experiments/cat-dog.md`.
  public var origin: String
  /// Whether it is a list of other files, such as a feed, which comes after them.
  public var isList: Bool

  /// Creates a file.
  public init(path: String, contents: Contents, origin: String, isList: Bool = false) {
    self.path = path
    self.contents = contents
    self.origin = origin
    self.isList = isList
  }

  /// The bytes as text.
  ///
  /// - Throws: where they are those of a file that cannot be read.
  public var text: String {
    get throws {
      switch contents {
      case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
      case .file(let url, _): String(decoding: try Data(contentsOf: url), as: UTF8.self)
      }
    }
  }

  /// Creates a text file in UTF-8.
  public init(path: String, text: String, origin: String, isList: Bool = false) {
    self.init(path: path, contents: .bytes(Array(text.utf8)), origin: origin, isList: isList)
  }
}
