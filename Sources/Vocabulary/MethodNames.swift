/// The methods that content may name.
public struct MethodNames: Sendable {
  /// All of them.
  public let all: [MethodName]
  /// Those that are shown where nobody says otherwise.
  public let standard: [MethodName]

  /// Creates a list.
  public init(all: [MethodName], standard: [MethodName]) {
    self.all = all
    self.standard = standard
  }
}
