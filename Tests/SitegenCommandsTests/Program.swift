import Foundation
import TestSupport

/// The real executable, run as people run it.
struct Program {
  /// How a run ended and what it said.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The executable lies beside the test bundle.
  static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("sitegen")

  /// The templates of the project itself.
  static let templates = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../templates")
    .standardizedFileURL

  private let process = Process()
  private let talk: TemporaryFolder

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - folder: the current folder of the run.
  ///   - wrapper: a program with arguments that starts ours, such as `unshare`.
  init(_ arguments: [String], in folder: URL, wrapper: [String] = []) throws {
    talk = try TemporaryFolder()
    for name in ["out", "err"] { try talk.write("", to: name) }
    let words = wrapper + [Self.executable.path] + arguments
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardOutput = try FileHandle(forWritingTo: talk.url.appendingPathComponent("out"))
    process.standardError = try FileHandle(forWritingTo: talk.url.appendingPathComponent("err"))
    try process.run()
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String], in folder: URL, wrapper: [String] = []) throws -> Outcome {
    try Program(arguments, in: folder, wrapper: wrapper).wait()
  }

  /// Ends the program as nothing else does: at once, with no chance to tidy up.
  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// The process while it runs.
  var processIdentifier: Int32 { process.processIdentifier }

  /// Asks the program to end, by a signal.
  func end(by signal: Int32) { Foundation.kill(process.processIdentifier, signal) }

  /// What it has printed so far.
  var outputSoFar: String {
    get throws { String(decoding: try Data(contentsOf: talk.url.appendingPathComponent("out")), as: UTF8.self) }
  }

  /// Waits for the end.
  func wait() throws -> Outcome {
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: talk.url.appendingPathComponent(name)), as: UTF8.self)
    }
    return Outcome(status: process.terminationStatus, output: try text("out"), errors: try text("err"))
  }
}
