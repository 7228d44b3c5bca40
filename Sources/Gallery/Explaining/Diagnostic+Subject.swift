import Diagnostics

extension Diagnostic {
  /// Runs `work` and puts what it is about in front of a fault that has no place of its own.
  static func about<Result>(_ subject: String, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch let fault as Diagnostic where fault.location == nil {
      throw Diagnostic(fault.severity, "\(subject): \(fault.summary)", hint: fault.hint)
    }
  }
}
