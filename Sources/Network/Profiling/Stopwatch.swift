/// Sums up the time of each step of a plan, run by run.
final class Stopwatch {
  private let clock = ContinuousClock()
  /// For each output of a step that was run, milliseconds of each time.
  private(set) var times: [Int: [Double]] = [:]

  func measure<Result>(_ step: Plan.Step, _ work: () throws -> Result) rethrows -> Result {
    let start = clock.now
    let result = try work()
    times[step.outputs[0], default: []].append((clock.now - start) / .milliseconds(1))
    return result
  }

  /// The median of a step's times; 0 for one that did not run.
  func median(of step: Plan.Step) -> Double { times[step.outputs[0]]?.median ?? 0 }
}

extension [Double] {
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
