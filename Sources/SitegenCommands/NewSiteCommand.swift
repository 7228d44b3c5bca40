import ArgumentParser
import Diagnostics
import Gallery

/// `sitegen new site`
struct NewSiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Make a gallery that builds at once.",
    discussion: """
      With --model, its card is drafted from what the file tells; what it does not tell is said. Without, a small network comes \
      along.
      """)

  @Argument(help: "The folder, which must be empty or not exist.")
  var folder: String

  @Option(help: ArgumentHelp("An .onnx file, which is copied.", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("The network's label file, which is copied.", valueName: "file"))
  var labels: String?

  func validate() throws {
    if labels != nil, model == nil { throw ValidationError("--labels goes with --model.") }
  }

  func run() throws {
    try CommandRunner.run {
      NewCommand.tell(of: try NewSite(folder: folder, model: model, labels: labels).write())
      let way = folder == "." ? "" : "cd \(folder) && "
      CommandRunner.print("Build it: \(way)sitegen build".visible)
    }
  }
}
