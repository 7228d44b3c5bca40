import ArgumentParser
import Diagnostics
import Gallery

/// `sitegen model list`
struct ModelListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the model cards of the content folder.")

  @Option(help: ArgumentHelp("The content folder.", valueName: "folder"))
  var content = "content"

  func run() throws {
    try CommandRunner.run {
      let list = try ModelList(content: content)
      print(list.text)
      CommandRunner.report(list.faults)
      try list.faults.throwIfErrors()
    }
  }
}
