import ArgumentParser
import Gallery

/// `sitegen model inspect`
struct ModelInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell what a network takes, computes and gives, and which layers can be named.")

  @Argument(help: "The name of a card in the content folder, the path of a card, or an .onnx file.")
  var model: String

  @Option(
    help: ArgumentHelp(
      "The output, or the tensor inside the model, that holds the scores. Default: the card's, or the output that plainly does.",
      valueName: "name"))
  var outputTensor: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      let inspection = try ModelInspection(
        model, output: outputTensor, content: cards.content, followedLinks: cards.links.followed)
      CommandRunner.print(json ? try inspection.json : inspection.text)
    }
  }
}
