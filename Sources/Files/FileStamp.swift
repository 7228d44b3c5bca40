import Foundation

/// What the file system tells of a file without reading it: as long as nothing of it changes, the bytes do not either.
public struct FileStamp: Hashable, Sendable {
  /// Bytes.
  public let size: Int
  /// The time of the last change, in nanoseconds since 1970.
  public let modified: Int
  /// Tells the files of a file system apart.
  public let inode: UInt64

  /// Creates a stamp.
  public init(size: Int, modified: Int, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.inode = inode
  }

  /// The stamp of the regular file at `path`, a link's target included; `nil` where there is none.
  public init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// `nil` for anything but a regular file.
  init?(_ status: stat) {
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    self.init(
      size: Int(status.st_size), modified: Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec),
      inode: UInt64(status.st_ino))
  }

  /// Whether the file was changed so shortly before `time`, in seconds since 1970, that another change may leave the same stamp.
  ///
  /// File systems count time in steps, of two seconds at most.
  public func isFresh(at time: Double) -> Bool {
    time - Double(modified) / 1e9 < 2
  }
}

extension FileStamp: CustomStringConvertible, LosslessStringConvertible {
  /// Size, time and inode with blanks between.
  public var description: String { "\(size) \(modified) \(inode)" }

  /// Reads a description.
  public init?(_ description: String) {
    let parts = description.split(separator: " ")
    guard parts.count == 3, let size = Int(parts[0]), let modified = Int(parts[1]), let inode = UInt64(parts[2]) else {
      return nil
    }
    self.init(size: size, modified: modified, inode: inode)
  }
}
