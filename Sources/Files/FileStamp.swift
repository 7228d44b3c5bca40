import Foundation

/// What the file system tells of a file without reading it: as long as nothing of it changes, the bytes do not either.
public struct FileStamp: Hashable, Sendable {
  /// Bytes.
  public let size: Int
  /// The time of the last change of the contents, in nanoseconds since 1970. Programs may set it.
  public let modified: Int
  /// The time of the last change of anything, in nanoseconds since 1970: contents, name, rights, number of names. No
  /// program can set it, so that an edit that keeps size and time is seen as well.
  public let changed: Int
  /// Tells the files of a file system apart.
  public let inode: UInt64

  /// Creates a stamp.
  public init(size: Int, modified: Int, changed: Int, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }

  /// The stamp of the file at `path`, a link's target included; `nil` for anything but a regular file.
  ///
  /// - Throws: where it cannot be looked at; `ENOENT` where there is nothing.
  public init?(ofFileAt path: String) throws(SystemError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .last }
    self.init(status)
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
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #endif
    self.init(
      size: Int(status.st_size), modified: Self.nanoseconds(modified), changed: Self.nanoseconds(changed),
      inode: UInt64(truncatingIfNeeded: status.st_ino))
  }

  /// Times that lie further away than 292 years are all the same.
  private static func nanoseconds(_ time: timespec) -> Int {
    let (seconds, overflow) = Int(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflow2) = seconds.addingReportingOverflow(Int(time.tv_nsec))
    return overflow || overflow2 ? .max : sum
  }

  /// Whether the file was changed so shortly before `time`, in seconds since 1970, that another change may leave the same stamp.
  ///
  /// - Parameter steps: the seconds between two times that the file system tells apart; two at most.
  public func isFresh(at time: Double, inStepsOf steps: Double = 2) -> Bool {
    time - Double(changed) / 1e9 < steps
  }
}

extension FileStamp: CustomStringConvertible, LosslessStringConvertible {
  /// Size, times and inode with blanks between.
  public var description: String { "\(size) \(modified) \(changed) \(inode)" }

  /// Reads a description.
  public init?(_ description: String) {
    let parts = description.split(separator: " ")
    guard parts.count == 4, let size = Int(parts[0]), let modified = Int(parts[1]), let changed = Int(parts[2]),
      let inode = UInt64(parts[3])
    else { return nil }
    self.init(size: size, modified: modified, changed: changed, inode: inode)
  }
}
