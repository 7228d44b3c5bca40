import ArgumentParser
import Diagnostics
import Gallery

/// `sitegen evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure how well maps show where things are, over many pictures.",
    discussion: """
      The data set is a folder with truth.csv (file,class,x,y,width,height or file,class,mask), a JSON file as COCO has it, or Annotations \
      and JPEGImages as Pascal VOC has them. Prints, by method and layer, the pointing game, the share of the map on the thing, the \
      localization error at an overlap of one half for the true class and for the most likely one, each with the middle 95 % of a bootstrap \
      over pictures.
      """)

  @Option(help: "The name of a card in the content folder, the path of a card, or an .onnx file.")
  var model: String

  @Option(help: ArgumentHelp("The folder of the data set.", valueName: "folder"))
  var dataset: String

  @Option(
    name: .customLong("method"),
    help:
      "A method; may be repeated. Default: all that the network allows, but those that ask it about many pictures.")
  var methods: [String] = []

  @Option(name: .customLong("layer"), help: "A node or tensor; may be repeated. Default: the card's, or the network's.")
  var layers: [String] = []

  @Flag(help: "Measure deletion and insertion too: some hundred runs of the network for each map.")
  var curves = false

  @Option(help: ArgumentHelp("Look at the first so many pictures only.", valueName: "pictures"))
  var limit: Int?

  @Option(
    help: ArgumentHelp(
      "Write the numbers to this file as JSON; it may be there if it is one of these already.", valueName: "file"))
  var json: String?

  @OptionGroup var cards: CardOptions

  func validate() throws {
    guard limit ?? 1 >= 1 else { throw ValidationError("--limit is at least 1 picture.") }
  }

  func run() throws {
    try CommandRunner.run {
      var evaluation = Evaluation(model: model, dataset: dataset)
      (evaluation.methods, evaluation.layers) = (methods, layers)
      (evaluation.measuresCurves, evaluation.limit) = (curves, limit)
      (evaluation.content, evaluation.followedLinks) = (cards.content, cards.links.followed)
      let file = try json.map { path throws(Diagnostic) in try EvaluationFile(path) }
      let line = ProgressLine()
      let report = try evaluation.run(progress: line.show)
      line.end()
      try file?.write(report)
      CommandRunner.print(report.text)
    }
  }
}
