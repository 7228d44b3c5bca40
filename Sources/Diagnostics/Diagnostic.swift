/// One thing that is wrong, or worth a look, in what the user gave us.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How much it matters: an error stops the build, a warning does not.
  public enum Severity: String, Sendable {
    case error, warning
  }

  /// Whether this stops the build.
  public var severity: Severity
  /// What was found and what was expected, as one or more full sentences.
  public var summary: String
  /// Where, if the fault has a place.
  public var location: SourceLocation?
  /// A way out, as a full sentence (“Did you mean …?”, “Try …”).
  public var hint: String?

  /// Creates a diagnostic of any severity.
  public init(_ severity: Severity, _ summary: String, at location: SourceLocation? = nil, hint: String? = nil) {
    self.severity = severity
    self.summary = summary
    self.location = location
    self.hint = hint
  }

  /// An error.
  public static func error(_ summary: String, at location: SourceLocation? = nil, hint: String? = nil) -> Diagnostic {
    Diagnostic(.error, summary, at: location, hint: hint)
  }

  /// A warning.
  public static func warning(_ summary: String, at location: SourceLocation? = nil, hint: String? = nil) -> Diagnostic {
    Diagnostic(.warning, summary, at: location, hint: hint)
  }

  /// What it says without its place: summary and hint.
  public var text: String { [summary, hint].compactMap { $0 }.joined(separator: " ") }

  /// The same diagnostic at `location`, unless it already has a place of its own.
  public func located(at location: SourceLocation?) -> Diagnostic {
    var copy = self
    copy.location = self.location ?? location
    return copy
  }
}

extension Diagnostic: CustomStringConvertible {
  /// More than this of one diagnostic helps nobody.
  private static let longest = 2000

  /// `file:line:column: error: summary hint`, as compilers print it: one line, fit for a terminal.
  public var description: String {
    let place = location.map { "\($0): " } ?? ""
    let text = "\(place)\(severity.rawValue): \(summary)" + (hint.map { " \($0)" } ?? "")
    return text.shortened(to: Self.longest).visible
  }
}
