import Files

/// Sums up the time of each step of a plan, run by run.
final class Stopwatch: Sendable {
  /// The one that measures the steps that run now, if anybody wants to know.
  @TaskLocal static var current: Stopwatch?

  private let clock = ContinuousClock()
  /// For the first output of each step that was run, milliseconds of each time.
  private let times = Guarded<[Int: [Double]]>([:])

  func measure<Result>(_ step: Plan.Step, _ work: () throws -> Result) rethrows -> Result {
    let start = clock.now
    let result = try work()
    let time = (clock.now - start) / .milliseconds(1)
    times.withLock { $0[step.outputs[0], default: []].append(time) }
    return result
  }

  /// The median of a step's times; 0 for one that did not run.
  func median(of step: Plan.Step) -> Double { times.withLock { $0[step.outputs[0]]?.median } ?? 0 }
}

extension [Double] {
  var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
