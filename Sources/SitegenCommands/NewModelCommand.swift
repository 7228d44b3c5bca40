import ArgumentParser
import Gallery

/// `sitegen new model`
struct NewModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Draft a model card from what an .onnx file tells.")

  @Argument(help: "Its title, or the name of its file.")
  var name: String

  @Option(help: ArgumentHelp("The .onnx file, which is copied into the content.", valueName: "file"))
  var model: String

  @Option(help: ArgumentHelp("The network's label file, which is copied too.", valueName: "file"))
  var labels: String?

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      NewCommand.tell(of: try NewModel(name: name, file: model, labels: labels, content: cards.content).write())
    }
  }
}
