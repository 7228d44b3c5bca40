import ArgumentParser
import Diagnostics
import Gallery

/// `sitegen check`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find everything that a build would complain of, and write nothing.",
    discussion: """
      With --strict it also asks for what readers may miss (descriptions of pictures, words of links, headings in their order, \
      summaries, the language), and ends with exit code 1 where there is any warning at all.
      """)

  @OptionGroup var folders: FolderOptions

  @Flag(help: "Let no warning pass, and look for what readers may miss.")
  var strict = false

  func run() throws {
    var isRefused = false
    try CommandRunner.run {
      let warnings = try Gallery(folders.buildOptions).check(isStrict: strict)
      CommandRunner.report(warnings)
      isRefused = strict && !warnings.all.isEmpty
      if isRefused { return CommandRunner.say("--strict lets no warning pass.") }
      CommandRunner.print("No \(strict ? "warnings" : "errors") in \(folders.content).")
    }
    if isRefused { throw CommandRunner.inputFault }
  }
}
