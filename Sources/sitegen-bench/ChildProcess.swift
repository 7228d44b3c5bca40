import Foundation

/// What one run of a program took.
struct Measurement: Encodable {
  /// From start to end.
  let seconds: Double
  /// Of all processors together.
  let processorSeconds: Double
  /// The most memory it had at a time.
  let peakMebibytes: Double
}

/// Runs of the same work.
struct Series: Encodable {
  let seconds: [Double]
  let fastest: Double
  let processorSeconds: Double
  let peakMebibytes: Double

  init(_ runs: [Measurement]) {
    seconds = runs.map(\.seconds)
    fastest = seconds.min() ?? 0
    processorSeconds = runs.map(\.processorSeconds).min() ?? 0
    peakMebibytes = runs.map(\.peakMebibytes).max() ?? 0
  }
}

/// Programs that are run to be measured.
enum ChildProcess {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a program to its end; what it prints is thrown away.
  ///
  /// - Throws: where it cannot be run or ends with another status than 0.
  static func measure(_ program: String, _ arguments: [String], in folder: URL) throws -> Measurement {
    var files: posix_spawn_file_actions_t = .init()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(
      &files, 2, folder.appendingPathComponent("errors.txt").path, O_WRONLY | O_CREAT, 0o600)
    let words = [program] + arguments
    var pointers = words.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var environment = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { environment.forEach { free($0) } }
    let start = ContinuousClock.now
    var process: pid_t = 0
    let status = posix_spawnp(&process, program, &files, nil, &pointers, &environment)
    guard status == 0 else {
      throw Failure(description: "\(program) cannot be run: \(String(cString: strerror(status)))")
    }
    var end: Int32 = 0
    var usage = rusage()
    guard wait4(process, &end, 0, &usage) == process else { throw Failure(description: "\(program) is lost") }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    guard end == 0 else {
      let errors = (try? String(contentsOf: folder.appendingPathComponent("errors.txt"), encoding: .utf8)) ?? ""
      throw Failure(description: "\(words.joined(separator: " ")) failed: \(errors.suffix(2000))")
    }
    func duration(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    #if canImport(Darwin)
      let unit = 1_048_576.0
    #else
      let unit = 1024.0
    #endif
    return Measurement(
      seconds: seconds, processorSeconds: duration(usage.ru_utime) + duration(usage.ru_stime),
      peakMebibytes: Double(usage.ru_maxrss) / unit)
  }
}
