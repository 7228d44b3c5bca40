import ArgumentParser
import Gallery

/// `sitegen model inspect`
struct ModelInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell what a network takes, computes and gives, and which layers can be named.")

  @Argument(help: "The name of a card in the content folder, the path of a card, or an .onnx file.")
  var model: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      let inspection = try ModelInspection(model, content: cards.content)
      print(json ? try inspection.json : inspection.text)
    }
  }
}
