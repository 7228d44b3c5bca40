public import Foundation
import Hashing

/// What is known of the contents of files: for each path a version, and the stamp that the file had then.
///
/// A file whose stamp is still the same need not be read to know what it holds. A record only saves time.
public struct FileRecord: Equatable, Sendable {
  /// What is known of one file.
  public struct Entry: Equatable, Sendable {
    /// A text that is another whenever the contents are, such as their hash.
    public let version: String
    /// The stamp of the file that has these contents.
    public let stamp: FileStamp

    /// Creates an entry.
    public init(version: String, stamp: FileStamp) {
      self.version = version
      self.stamp = stamp
    }
  }

  /// What is known, by path.
  public var entries: [ExactPath: Entry] = [:]

  /// What is known of the file at `path`.
  public subscript(path: String) -> Entry? {
    get { entries[ExactPath(path)] }
    set { entries[ExactPath(path)] = newValue }
  }

  /// Creates an empty record.
  public init() {}

  /// Reads a record; an empty one where there is none or where it is damaged.
  public init(contentsOf url: URL) {
    guard let file = try? RegularFile(url.path, atMost: 1 << 30), let bytes = Sealed.open(file.bytes) else { return }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2).map { String(decoding: $0, as: UTF8.self) }
      guard fields.count == 3, let stamp = FileStamp(fields[1]) else { continue }
      self[fields[2]] = Entry(version: fields[0], stamp: stamp)
    }
  }

  /// The record as a file. Paths with line breaks are left out.
  public var bytes: [UInt8] {
    let lines = entries.filter { !$0.key.path.utf8.contains(UInt8(ascii: "\n")) }
      .sorted { $0.key < $1.key }.map { "\($1.version)\t\($1.stamp)\t\($0.path)\n" }
    return Sealed.seal(Array(lines.joined().utf8))
  }
}
