/// What a build is doing.
public enum BuildStep: Sendable, CustomStringConvertible {
  /// Something worth a line.
  case note(String)
  /// It begins with a picture under a network: so many, of how many.
  case picture(Int, of: Int, subject: String)

  /// It as a line: `[12/500] images/mug.jpg, Tabletop`.
  public var description: String {
    switch self {
    case .note(let line): line
    case .picture(let number, let count, let subject): "[\(number)/\(count)] \(subject)"
    }
  }
}
