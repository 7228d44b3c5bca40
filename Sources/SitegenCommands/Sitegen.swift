public import ArgumentParser
import Foundation

/// The command line: `sitegen build`, `serve`, `check`, `new`, `explain`, `evaluate`, `compare`, `model`, `compute`, `store`.
public struct Sitegen: ParsableCommand {
  /// The version of the program, by semantic versioning. This is the only place that says it.
  static let version = "0.1.0"

  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "sitegen",
    abstract: "Builds galleries that show what image classifiers look at.",
    version: version,
    subcommands: [
      BuildCommand.self, ServeCommand.self, CheckCommand.self, NewCommand.self, ExplainCommand.self,
      EvaluateCommand.self, CompareCommand.self, ModelCommand.self,
      ComputeCommand.self, StoreCommand.self,
    ])

  /// Creates the command.
  public init() {}

  /// Runs the command line of this process and ends the process.
  ///
  /// The exit code is 0 when all is done, 1 when the content or an input is at fault, 2 when the command line is, and 70
  /// after a bug of ours.
  public static func runProcess() -> Never {
    StandardStreams.prepare()
    do {
      var command = try parseAsRoot(ProcessArguments.texts)
      try command.run()
      Foundation.exit(0)
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code.isSuccess {
        // Help and the version are results.
        CommandRunner.print(message)
        let isWritten = (try? StandardStreams.checkResults()) != nil
        Foundation.exit(isWritten ? 0 : CommandRunner.inputFault.rawValue)
      }
      if !message.isEmpty { CommandRunner.say(message) }
      Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
    }
  }
}
