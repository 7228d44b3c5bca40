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

  /// The system's own words.
  public var description: String { String(cString: strerror(code)) }
}
