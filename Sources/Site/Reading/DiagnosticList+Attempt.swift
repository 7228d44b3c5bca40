import Diagnostics

extension DiagnosticList {
  /// Runs `work` and keeps the diagnostic that it throws; returns `nil` then.
  mutating func attempt<T>(_ work: () throws(Diagnostic) -> T) -> T? {
    do throws(Diagnostic) {
      return try work()
    } catch {
      append(error)
      return nil
    }
  }
}
