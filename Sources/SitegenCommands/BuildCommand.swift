import ArgumentParser
import Foundation
import Gallery

/// `sitegen build`
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Build the site.",
    discussion: "Nothing is written before everything is known to be right; after a fault the old site stands.")

  @OptionGroup var folders: FolderOptions

  @Option(help: ArgumentHelp("The folder that the site is written to.", valueName: "folder"))
  var output = "public"

  func run() throws {
    try CommandRunner.run {
      let start = ContinuousClock.now
      let options = BuildOptions(
        content: folders.content, templates: folders.templates, output: output, includesDrafts: folders.drafts)
      let report = try Gallery(options, progress: CommandRunner.say).build()
      CommandRunner.report(report.warnings)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      print(
        "Built \(report.pages) pages with \(report.explanations) explanations of \(report.pictures) pictures in "
          + "\(output) (\(String(format: "%.1f", seconds)) s).")
    }
  }
}
