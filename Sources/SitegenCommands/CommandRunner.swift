import ArgumentParser
import Diagnostics
import Foundation

/// How commands talk and end: results to stdout, everything else to stderr, and one exit code for each kind of end.
enum CommandRunner {
  /// The content or an input is at fault.
  static let inputFault = ExitCode(1)
  /// A bug of ours (EX_SOFTWARE).
  static let internalFault = ExitCode(70)

  /// Runs `work` and turns what it throws into messages and an exit code.
  static func run(_ work: () throws -> Void) throws {
    do {
      try work()
      try StandardStreams.checkResults()
    } catch let faults as DiagnosticList {
      report(faults)
      throw inputFault
    } catch let fault as Diagnostic {
      report(DiagnosticList([fault]))
      throw inputFault
    } catch {
      say("sitegen: internal error: \(error)\nThis is a bug of sitegen's, not of yours. Please report it.")
      throw internalFault
    }
  }

  /// Prints faults, one a line, as compilers do.
  static func report(_ faults: DiagnosticList) {
    guard !faults.all.isEmpty else { return }
    say(faults.description)
  }

  /// What making figures took, as sentences.
  static func work(painted: Int, runs: Int, utilization: Double?) -> String {
    guard let utilization else { return "Nothing was computed." }
    return "\(painted) pictures painted, \(runs) runs of networks, processors "
      + "\(Int((utilization * 100).rounded())) % busy."
  }

  /// Prints lines to stderr.
  @Sendable static func say(_ lines: String) { StandardStreams.writeError(lines + "\n") }

  /// Prints a line about what is being done.
  @Sendable static func tell(_ line: String) { say(line.visible) }

  /// Prints lines of a result to stdout.
  static func print(_ lines: String) { StandardStreams.writeResult(lines + "\n") }
}
