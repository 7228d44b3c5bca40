import ArgumentParser
import Diagnostics
import Gallery

/// `sitegen new`
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin a site, an experiment, a page or a model card. Nothing is overwritten.",
    subcommands: [NewSiteCommand.self, NewExperimentCommand.self, NewPageCommand.self, NewModelCommand.self])

  /// Tells what has been made: the files on stdout, what must be done yet on stderr.
  static func tell(of made: NewContent) {
    CommandRunner.report(made.warnings)
    for file in made.files { CommandRunner.print("Wrote \(file)".visible) }
  }
}
