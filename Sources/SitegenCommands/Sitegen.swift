public import ArgumentParser

/// The command line: `sitegen build`, `check`, `explain`.
public struct Sitegen: ParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "sitegen",
    abstract: "Builds galleries that show what image classifiers look at.",
    subcommands: [BuildCommand.self, CheckCommand.self, ExplainCommand.self])

  /// Creates the command.
  public init() {}
}
