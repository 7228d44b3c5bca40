import ArgumentParser
import Gallery

/// `sitegen explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain classes or other targets of one picture, without a site.",
    discussion: """
      Writes OUTPUT/<class index>/<method>.png (words-6-11 for the target words[6,11]) and OUTPUT/manifest.json; with --arrays also <method>.npy and logits.npy. \
      Given several layers, the files of methods that look at one are called <layer>-<method>.
      """)

  @Argument(help: "A PNG or JPEG file, or a .npy tensor [1, C, H, W] that is preprocessed already.")
  var image: String

  @Option(help: "The name of a card in the content folder, the path of a card, or an .onnx file.")
  var model: String

  @Option(name: .customLong("class"), help: "A label, an index or a synset id; may be repeated.")
  var classes: [String] = []

  @Option(
    name: .customLong("target"),
    help: ArgumentHelp(
      "Another number to explain: words[6,11] is an element of an output, with the indices behind the batch axis; scores=weights.npy a weighted sum; may be repeated.",
      valueName: "target"))
  var targets: [String] = []

  @Option(
    name: .customLong("input"),
    help: ArgumentHelp(
      "What an input beside the picture is given, as NAME=FILE.npy, NAME=0.5,1 or, where the card names a vocabulary, NAME=TEXT; may be repeated.",
      valueName: "name=value"))
  var inputs: [String] = []

  @Option(name: .customLong("layer"), help: "A node or tensor; may be repeated. Default: the card's, or the network's.")
  var layers: [String] = []

  @Option(
    name: .customLong("method"),
    help: ArgumentHelp("\(StandaloneRequest.methodsText); may be repeated. Default: \(StandaloneRequest.standardText).")
  )
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

  @Option(
    help: ArgumentHelp(
      "Whose conventions maps follow: \(StandaloneRequest.profilesText).", valueName: "name"))
  var profile = StandaloneRequest.defaultProfile

  @Flag(
    help:
      "Measure how far the maps may be trusted: <class index>/evidence.json, and <method>-curves.svg and <method>-randomization.svg."
  )
  var evidence = false

  @Option(
    help: ArgumentHelp(
      "How many pixels change at a time in deletion and insertion. Default: four rows.", valueName: "pixels"))
  var evidenceStep: Int?

  @OptionGroup var cards: CardOptions

  func validate() throws {
    guard !classes.isEmpty || !targets.isEmpty else {
      throw ValidationError("Name what to explain: --class, or --target.")
    }
    guard evidenceStep ?? 1 >= 1 else { throw ValidationError("--evidence-step is at least 1 pixel.") }
    var names: Set<String> = []
    for (text, input) in zip(inputs, inputs.map(Self.parts)) {
      guard let input else { throw ValidationError("“\(text)” is no input. Write --input NAME=VALUE.") }
      guard names.insert(input.name).inserted else {
        throw ValidationError("The input “\(input.name)” is given twice.")
      }
    }
  }

  /// The name and the file of `NAME=FILE`.
  private static func parts(_ text: String) -> (name: String, file: String)? {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    let file = String(text[text.index(after: sign)...])
    return file.isEmpty ? nil : (String(text[..<sign]), file)
  }

  func run() throws {
    try CommandRunner.run {
      var request = StandaloneRequest(
        image: image, model: model, classes: classes, targets: targets,
        inputs: Dictionary(inputs.compactMap(Self.parts)) { first, _ in first }, layers: layers, methods: methods,
        output: output,
        outputTensor: outputTensor, writesArrays: arrays, content: cards.content, followedLinks: cards.links.followed)
      try request.setProfile(profile)
      request.measuresEvidence = evidence || evidenceStep != nil
      request.evidenceStep = evidenceStep
      let line = ProgressLine()
      let manifest = try StandaloneExplanation(request).run(tell: CommandRunner.tell, progress: line.show)
      line.end()
      for note in manifest.notes { CommandRunner.say("warning: \(note)") }
      for entry in manifest.classes {
        for finding in entry.findings { CommandRunner.say("warning: class \(entry.index): \(finding)") }
        CommandRunner.print("\(entry.index) \(entry.label): logit \(entry.logit), probability \(entry.probability)")
        for result in entry.results {
          CommandRunner.print("  \(output)/\(result.picture)" + (result.warning.map { "  (\($0))" } ?? ""))
        }
        if let evidence = entry.evidence { CommandRunner.print("  \(output)/\(evidence)") }
      }
      for entry in manifest.targets {
        for finding in entry.findings { CommandRunner.say("warning: \(entry.target): \(finding)") }
        CommandRunner.print("\(entry.target): \(entry.value)")
        for result in entry.results {
          CommandRunner.print("  \(output)/\(result.picture)" + (result.warning.map { "  (\($0))" } ?? ""))
        }
        if let evidence = entry.evidence { CommandRunner.print("  \(output)/\(evidence)") }
      }
    }
  }
}
