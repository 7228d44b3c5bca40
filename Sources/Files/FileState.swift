import Foundation

/// What lies at a path: a link itself and not its target.
public struct FileState: Sendable {
  /// Tells it from all other files.
  public let identity: FileIdentity
  /// Whether it is a folder.
  public let isFolder: Bool
  /// The stamp of a regular file.
  public let stamp: FileStamp?
  /// How many names it has.
  public let links: Int

  /// Whether it is a regular file.
  public var isRegular: Bool { stamp != nil }

  /// Looks at a path; `nil` where there is nothing.
  ///
  /// - Throws: where it cannot be known what there is.
  public init?(of path: String) throws(SystemError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last
    }
    identity = FileIdentity(status)
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    stamp = FileStamp(status)
    links = Int(status.st_nlink)
  }
}
