import Foundation

/// What the system says to a failed call: `No space left on device`.
public struct SystemError: Error, CustomStringConvertible, Equatable {
  /// The system's number of the failure (`errno`).
  public let code: Int32

  /// Creates an error from its number.
  public init(code: Int32) {
    self.code = code
  }

  /// The reason of the call that has just failed.
  public static var last: SystemError { SystemError(code: errno) }

  /// There is nothing at a path.
  public static let absent = SystemError(code: ENOENT)
  /// There is something at a path.
  public static let present = SystemError(code: EEXIST)

  /// Whether it would befall every other file as well: the disk is full, broken or not to be written to.
  public var concernsWholeDisk: Bool { [ENOSPC, EDQUOT, EROFS, EIO].contains(code) }

  /// Whether a file cannot be given a second name there, for a reason that lies in the file or the file system.
  public var forbidsLinks: Bool { [EXDEV, EPERM, EACCES, EMLINK, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(code) }

  /// The system's own words.
  public var description: String { String(cString: strerror(code)) }
}
