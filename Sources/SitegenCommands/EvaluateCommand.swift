import ArgumentParser
import Diagnostics
import Files
import Gallery

/// `sitegen evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure how well maps show where things are, over many pictures.",
    discussion: """
      The data set is a folder with truth.csv (file,class,x,y,width,height or file,class,mask), a JSON file as COCO has it, or Annotations \
      and JPEGImages as Pascal VOC has them. Prints, by method and layer, the pointing game, the share of the map on the thing, the \
      localization error at an overlap of one half for the true class and for the most likely one, each with the middle 95 % of a bootstrap \
      over pictures. With --evidence, how far maps may be trusted, too. What has been measured is kept in the store picture by picture, \
      so that an interrupted evaluation goes on where it was.
      """)

  @Option(help: "The name of a card in the content folder, the path of a card, or an .onnx file.")
  var model: String

  @Option(help: ArgumentHelp("The folder of the data set.", valueName: "folder"))
  var dataset: String

  @Option(
    name: .customLong("method"),
    help:
      "A method; may be repeated. “all” means every one that the network allows. Default: those of them that do not ask it about many pictures."
  )
  var methods: [String] = []

  @Option(name: .customLong("layer"), help: "A node or tensor; may be repeated. Default: the card's, or the network's.")
  var layers: [String] = []

  @Option(
    help: ArgumentHelp(
      "Measure evidence of the first so many pictures too: deletion and insertion, average drop, randomization, another class; some "
        + "hundred runs of the network for each map.", valueName: "pictures"))
  var evidence = 0

  @Option(help: ArgumentHelp("Look at the first so many pictures only.", valueName: "pictures"))
  var limit: Int?

  @Option(
    help: ArgumentHelp(
      "Write the numbers to this file as JSON; it may be there if it is one of these already.", valueName: "file"))
  var json: String?

  @Option(
    help: ArgumentHelp(
      "The folder that keeps results. Default: .sitegen/store beside the content.", valueName: "folder"))
  var store: String?

  @OptionGroup var cards: CardOptions
  @OptionGroup var processors: JobOptions

  func validate() throws {
    guard evidence >= 0 else { throw ValidationError("--evidence is a number of pictures.") }
    guard limit ?? 1 >= 1 else { throw ValidationError("--limit is at least 1 picture.") }
  }

  func run() throws {
    try CommandRunner.run {
      var evaluation = Evaluation(model: model, dataset: dataset)
      (evaluation.methods, evaluation.layers) = (methods, layers)
      (evaluation.evidencePictures, evaluation.limit) = (evidence, limit)
      (evaluation.content, evaluation.followedLinks) = (cards.content, cards.links.followed)
      (evaluation.store, evaluation.jobs) = (store, processors.jobs)
      let file = try json.map { path throws(Diagnostic) in try EvaluationFile(path) }
      let line = Guarded(ProgressLine())
      let report = try evaluation.run(tell: CommandRunner.tell) { progress in line.withLock { $0.show(progress) } }
      line.withLock { $0.end() }
      try file?.write(report)
      CommandRunner.print(report.text)
    }
  }
}
