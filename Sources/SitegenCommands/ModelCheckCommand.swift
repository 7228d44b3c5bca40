import ArgumentParser
import Diagnostics
import Gallery

/// `sitegen model check`
struct ModelCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare what a network gives here with what your own model gives in Python.",
    discussion: """
      Without --against it prints six lines of Python, made for this network, which save your model's answers. With it, scores and \
      activations may differ by 1e-4 of the largest, gradients by 1e-3; where they differ by more, it says what most likely went \
      wrong, and the exit code is 1. If the picture was saved too, so is said whether the card prepares it as your program does.
      """)

  @Argument(help: "The name of a card in the content folder, the path of a card, or an .onnx file.")
  var model: String

  @Option(help: ArgumentHelp("What your model gave, as those lines save it.", valueName: "reference.npz"))
  var against: String?

  @Option(help: "The layer that is compared. Default: the card's, or the network's.")
  var layer: String?

  @Option(
    help: ArgumentHelp(
      "The output, or the tensor inside the model, that holds the scores. Default: the card's, or the output that plainly does.",
      valueName: "name"))
  var outputTensor: String?

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      guard let against else {
        let script = try ReferenceScript(
          model, layer: layer, output: outputTensor, content: cards.content, followedLinks: cards.links.followed)
        return CommandRunner.print(script.text)
      }
      let check = try ModelCheck(
        model, against: against, layer: layer, output: outputTensor, content: cards.content,
        followedLinks: cards.links.followed)
      CommandRunner.print(check.text)
      try check.faults.throwIfErrors()
      CommandRunner.print("All that the reference holds agrees.")
    }
  }
}
