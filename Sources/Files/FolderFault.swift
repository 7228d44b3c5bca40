public import Diagnostics

/// A folder that could not be looked through.
///
/// Never taken for an empty one: what lies in it would vanish without a word.
public struct FolderFault: Error, Equatable, Sendable {
  /// The folder, or what in it could not be looked at.
  public let path: String
  /// What the system says.
  public let reason: SystemError

  /// Creates a fault.
  public init(path: String, reason: SystemError) {
    self.path = path
    self.reason = reason
  }

  /// The fault as the user is told of it.
  public var diagnostic: Diagnostic {
    .error("The folder cannot be read: \(reason).", at: SourceLocation(file: path))
  }
}
