import Diagnostics

extension Plan.Step {
  /// Runs `work`, a part of this step.
  ///
  /// - Throws: `Diagnostic` where oneDNN cannot do it.
  func run<Result>(_ work: () throws -> Result) throws -> Result {
    do {
      return try Stopwatch.current?.measure(self, work) ?? work()
    } catch let error as OneDNNError {
      throw Diagnostic.error("\(label) cannot be computed. \(error)")
    }
  }
}
