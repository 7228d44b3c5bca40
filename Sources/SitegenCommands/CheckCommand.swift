import ArgumentParser
import Gallery

/// `sitegen check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find everything that a build would complain of, and write nothing.")

  @OptionGroup var folders: FolderOptions

  func run() throws {
    try CommandRunner.run {
      CommandRunner.report(try Gallery(folders.buildOptions).check())
      CommandRunner.print("No errors in \(folders.content).")
    }
  }
}
