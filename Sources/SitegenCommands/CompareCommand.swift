import ArgumentParser
import Diagnostics
import Gallery

/// `sitegen compare`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare what two networks say and where they look, for example after training again.",
    discussion: """
      A and B are two networks, or two folders: results of “sitegen explain --arrays”, or two built sites. Prints a line for each \
      class or target, picture and method, the one with the greatest change first: logit, rank, Spearman's rank correlation of the \
      two maps, and the overlap of their top 15 % as intersection over union. Classes are matched by their labels. What one of both \
      lacks counts as a change, and so does a map that is blank in one only.

      The exit code is 1 where anything changes beyond a limit. The limits let pass what rounding does, and not what training does; \
      give --max-logit=inf, --max-rank-change=100000, --min-rank-correlation=-1 or --min-overlap=0 to leave one out. What networks \
      answer is kept in the store.
      """)

  @Argument(
    help: ArgumentHelp(
      "The name of a card, the path of a card, an .onnx file, or a folder with results.", valueName: "A"))
  var first: String

  @Argument(help: ArgumentHelp("What is compared with it, of the same kind.", valueName: "B"))
  var second: String

  @Option(
    name: .customLong("image"),
    help: ArgumentHelp(
      "A picture, or a folder of pictures; may be repeated. Default: those of the content's explain blocks that use A.",
      valueName: "file"))
  var images: [String] = []

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "A label of A, an index or a synset id; may be repeated. Default: those of the blocks; with --image the \(DriftRequest.standardTop) that A finds most likely.",
      valueName: "class"))
  var classes: [String] = []

  @Option(help: ArgumentHelp("The classes that A finds most likely, so many.", valueName: "classes"))
  var top: Int?

  @Option(
    name: .customLong("layer"),
    help: "A node or tensor of both; may be repeated. Default: the block's, the card's, or the network's.")
  var layers: [String] = []

  @Option(
    name: .customLong("method"),
    help: ArgumentHelp(
      "A method; may be repeated. Default: the block's, or \(StandaloneRequest.standardText).", valueName: "method"))
  var methods: [String] = []

  @Option(help: ArgumentHelp("The most that a logit may change by.", valueName: "change"))
  var maxLogit = DriftLimits().logit

  @Option(help: ArgumentHelp("The most places that a class may go up or down.", valueName: "places"))
  var maxRankChange = DriftLimits().rank

  @Option(
    help: ArgumentHelp("The least rank correlation of two maps, -1 to 1.", valueName: "correlation"))
  var minRankCorrelation = DriftLimits().rankCorrelation

  @Option(help: ArgumentHelp("The least overlap of the top 15 % of two maps, 0 to 1.", valueName: "overlap"))
  var minOverlap = DriftLimits().overlap

  @Option(
    help: ArgumentHelp("Write a page with pictures, and the numbers as JSON, to this folder.", valueName: "folder"))
  var output: String?

  @Flag(help: "Print JSON instead of a table.")
  var json = false

  @OptionGroup var folders: FolderOptions
  @OptionGroup var jobs: JobOptions

  func validate() throws {
    guard top ?? 1 >= 1 else { throw ValidationError("--top is at least 1 class.") }
    guard top == nil || classes.isEmpty else { throw ValidationError("Give --class or --top, not both.") }
    guard maxLogit >= 0 else { throw ValidationError("--max-logit is at least 0.") }
    guard maxRankChange >= 0 else { throw ValidationError("--max-rank-change is at least 0.") }
    guard (-1...1).contains(minRankCorrelation) else {
      throw ValidationError("--min-rank-correlation is from -1 to 1.")
    }
    guard (0...1).contains(minOverlap) else { throw ValidationError("--min-overlap is from 0 to 1.") }
  }

  func run() throws {
    var isBeyond = false
    try CommandRunner.run {
      var options = folders.buildOptions
      options.jobs = jobs.jobs
      var request = DriftRequest(first, second, options: options)
      (request.images, request.classes, request.top) = (images, classes, top)
      (request.layers, request.methods, request.output) = (layers, methods, output)
      request.limits = DriftLimits(
        logit: maxLogit, rank: maxRankChange, rankCorrelation: minRankCorrelation, overlap: minOverlap)
      let report = try Drift(request).run(progress: CommandRunner.tell)
      isBeyond = report.beyond > 0
      guard json else { return CommandRunner.print(report.text) }
      CommandRunner.print(try report.jsonText)
      if isBeyond { CommandRunner.say(report.verdict) }
    }
    if isBeyond { throw CommandRunner.inputFault }
  }
}
