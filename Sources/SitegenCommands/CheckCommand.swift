import ArgumentParser
import Gallery

/// `sitegen check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find everything that a build would complain of, and write nothing.")

  @OptionGroup var folders: FolderOptions

  func run() throws {
    try CommandRunner.run {
      let options = BuildOptions(
        content: folders.content, templates: folders.templates, includesDrafts: folders.drafts)
      CommandRunner.report(try Gallery(options).check())
      print("No errors in \(folders.content).")
    }
  }
}
