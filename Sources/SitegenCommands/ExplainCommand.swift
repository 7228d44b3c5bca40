import ArgumentParser
import Gallery

/// `sitegen explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain classes of one picture, without a site.",
    discussion: """
      Writes OUTPUT/<class index>/<method>.png and OUTPUT/manifest.json; with --arrays also <method>.npy and logits.npy. \
      Given several layers, the files of methods that look at one are called <layer>-<method>.
      """)

  @Argument(help: "A PNG or JPEG file, or a .npy tensor [1, C, H, W] that is preprocessed already.")
  var image: String

  @Option(help: "The name of a card in the content folder, the path of a card, or an .onnx file.")
  var model: String

  @Option(name: .customLong("class"), help: "A label, an index or a synset id; may be repeated.")
  var classes: [String]

  @Option(name: .customLong("layer"), help: "A node or tensor; may be repeated. Default: the card's, or the network's.")
  var layers: [String] = []

  @Option(
    name: .customLong("method"),
    help: """
      gradient, guided-backprop, cam, grad-cam, guided-grad-cam, counterfactual or localization; may be repeated. \
      Default: guided-backprop, grad-cam and guided-grad-cam.
      """)
  var methods: [String] = []

  @Option(
    help: ArgumentHelp(
      "The output, or the tensor inside the model, that holds the scores. Default: the card's, or the output that plainly does.",
      valueName: "name"))
  var outputTensor: String?

  @Option(help: ArgumentHelp("The folder that the results are written to.", valueName: "folder"))
  var output: String

  @Flag(help: "Write raw values too, as .npy files.")
  var arrays = false

  @OptionGroup var cards: CardOptions

  func run() throws {
    try CommandRunner.run {
      let request = StandaloneRequest(
        image: image, model: model, classes: classes, layers: layers, methods: methods, output: output,
        outputTensor: outputTensor, writesArrays: arrays, content: cards.content, followedLinks: cards.links.followed)
      let manifest = try StandaloneExplanation(request).run()
      for note in manifest.notes { CommandRunner.say("warning: \(note)") }
      for entry in manifest.classes {
        for finding in entry.findings { CommandRunner.say("warning: class \(entry.index): \(finding)") }
        CommandRunner.print("\(entry.index) \(entry.label): logit \(entry.logit), probability \(entry.probability)")
        for result in entry.results {
          CommandRunner.print("  \(output)/\(result.picture)" + (result.warning.map { "  (\($0))" } ?? ""))
        }
      }
    }
  }
}
