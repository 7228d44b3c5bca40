import Diagnostics
import Files
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// What `sitegen explain` is asked for.
public struct StandaloneRequest: Sendable {
  /// A PNG or JPEG file, or a .npy tensor [1, C, H, W] that is preprocessed already.
  public var image: String
  /// The name of a card in the content folder, the path of a card, or an .onnx file.
  public var model: String
  /// Labels, indices or synset ids.
  public var classes: [String]
  /// What else is explained: `words[6,11]`, or `scores=weights.npy`.
  public var targets: [String]
  /// What the network's other inputs are given, by name: a .npy file, numbers with commas between them, or a text whose words the
  /// card's vocabulary has.
  public var inputs: [String: String]
  /// Nodes or tensors; empty means the card's layer, or else the network's default.
  public var layers: [String]
  /// Method names; empty means the standard three.
  public var methods: [String]
  /// Where the results go.
  public var output: String
  /// The output or inner tensor that holds the scores; `nil` for the card's, or the one that is plainly it.
  public var outputTensor: String?
  /// Whether raw values are written beside the pictures.
  public var writesArrays: Bool
  /// The folder in which card names are looked up.
  public var content: String
  /// Folders outside of a card's that links beside it may lead into.
  public var followedLinks: [String]

  /// Creates a request.
  public init(
    image: String, model: String, classes: [String], targets: [String] = [], inputs: [String: String] = [:],
    layers: [String] = [], methods: [String] = [], output: String,
    outputTensor: String? = nil, writesArrays: Bool = false, content: String = "content", followedLinks: [String] = []
  ) {
    self.image = image
    self.model = model
    self.classes = classes
    self.targets = targets
    self.inputs = inputs
    self.layers = layers
    self.methods = methods
    self.output = output
    self.outputTensor = outputTensor
    self.writesArrays = writesArrays
    self.content = content
    self.followedLinks = followedLinks
  }
}

extension StandaloneRequest {
  /// The methods' names, to be read: “cam, grad-cam or localization”.
  public static var methodsText: String { text(Saliency.Method.all, "or") }

  /// The names of those that are taken where none is given.
  public static var standardText: String { text(Saliency.Method.standard, "and") }

  private static func text(_ methods: [Saliency.Method], _ conjunction: String) -> String {
    let names = methods.map(\.id)
    return "\(names.dropLast().joined(separator: ", ")) \(conjunction) \(names.last ?? "")"
  }
}

/// Explains one picture without a site: panels, arrays and a manifest in a folder.
public struct StandaloneExplanation: Sendable {
  private let request: StandaloneRequest

  /// Creates an explanation.
  public init(_ request: StandaloneRequest) {
    self.request = request
  }

  /// Computes and writes everything.
  ///
  /// `OUTPUT/<class index>/<method>.png`, for other targets `OUTPUT/words-6-11/<method>.png`; with several layers, `<layer>-<method>.png` for methods that look at one.
  ///
  /// - Returns: the manifest, as it was written to `OUTPUT/manifest.json`.
  /// - Throws: `DiagnosticList` with everything that is wrong with the request.
  public func run() throws -> ExplanationManifest {
    var faults = DiagnosticList()
    if let fault = Network.libraryDiagnostic { faults.append(fault) }
    let file = try faults.collect { try StandaloneFile(contentsOfFile: request.image) }
    // Without one of these the network would be another.
    for target in request.targets { _ = try faults.collect { try TargetExpression(target) } }
    try faults.throwIfErrors()
    let loaded = try faults.collect { try loadModel(openSizes: file?.inputShape) }
    guard let (model, network, defaults, targets) = loaded else { throw faults }
    let methods = try request.methods.compactMap { name in try faults.collect { try Saliency.Method.named(name) } }
    let chosen = methods.isEmpty ? Saliency.Method.standard : methods
    let classes = try request.classes.compactMap { query in
      try faults.collect { try model.labels.index(of: query, modelName: model.title) }
    }
    let subjects = classes.map(Target.class) + targets
    let layers = try self.layers(of: model, network, defaults, chosen, targets, &faults)
    let input = try file.flatMap { file in
      try faults.collect { try StandaloneInput(file, model, path: request.image) }
    }
    let paths = ResultPaths(subjects, layers: layers.map(\.layer), methods: chosen)
    let asked = paths.all.flatMap { [$0 + ".png", $0 + ".npy"] }
    let writesLogits = request.writesArrays && network.classCount > 0
    let folder = try faults.collect {
      let folder = try ResultFolder(request.output)
      try folder.check(
        request.writesArrays ? asked + (writesLogits ? ["logits.npy"] : []) : asked.filter { $0.hasSuffix(".png") })
      return folder
    }
    try faults.throwIfErrors()
    guard let input, let folder else { throw faults }
    let targetLayers = layers.map(\.layer)
    let (explainer, explanations, others) = try Diagnostic.about("“\(request.image)” under \(model.title)") {
      let explainer = try Explainer(network, input: input.prepared.tensor, layers: targetLayers)
      return (
        explainer, try explainer.explain(classes, layers: targetLayers, methods: chosen),
        try explainer.explain(targets, layers: targetLayers, methods: chosen)
      )
    }
    var manifest = ExplanationManifest(
      model: request.model, image: request.image, input: model.facts.inputShape, region: input.prepared.region,
      notes: model.notes(for: chosen, layers: targetLayers, areProbabilities: explainer.scores.areProbabilities)
        + (classes.isEmpty ? [] : model.choices) + faults.all.map(\.summary))
    let painter = PanelPainter(
      view: input.view, prepared: input.prepared, channels: model.input.channels, colormap: .turbo, opacity: 0.5,
      blend: .flat)
    let writer = StandaloneWriter(
      panels: PanelSet(painter: painter, model), layers: layers, methods: chosen, paths: paths,
      writesArrays: request.writesArrays, folder: folder)
    // Painting and encoding the pictures of a small network takes nearly as long as its gradients.
    let written = try Parallel.map(
      Array((explanations.map(\.attributions) + others.map(\.attributions)).enumerated())
    ) { position, attributions in try writer.write(attributions, of: position) }
    manifest.classes = zip(explanations, written).map { ExplanationManifest.ClassEntry($0, model.labels, $1) }
    manifest.targets = zip(others, written.dropFirst(explanations.count)).map { other, written in
      ExplanationManifest.TargetEntry(
        target: other.target.description, value: other.value, results: written.results, findings: written.findings)
    }
    var files = written.flatMap(\.results).flatMap { [$0.picture, $0.array].compactMap { $0 } }
    if writesLogits {
      files.append("logits.npy")
      try folder.write(Tensor(shape: [1, explainer.logits.count], explainer.logits).npyData, to: "logits.npy")
    }
    manifest.files = folder.files(with: files, replacing: asked)
    try folder.write(manifest.json, to: ResultFolder.manifestName)
    try folder.commit(replacing: asked)
    return manifest
  }

  /// The target layers: those that were asked for, or the card's, or the one that the network's structure suggests for what is
  /// explained.
  private func layers(
    of model: LoadedModel, _ network: Network, _ defaults: [String], _ methods: [Saliency.Method], _ targets: [Target],
    _ faults: inout DiagnosticList
  ) throws -> [(layer: Layer, reason: String)] {
    guard methods.contains(where: \.needsLayer) else { return [] }
    let names = request.layers.isEmpty ? defaults : request.layers
    guard names.isEmpty else {
      return try names.compactMap { name in
        try faults.collect { (try network.layer(named: name), "Layer \(name) was asked for.") }
      }
    }
    guard let target = targets.first, request.classes.isEmpty else {
      return try faults.collect { [try model.layer(nil)] } ?? []
    }
    let found = try faults.collect {
      guard let found = try network.defaultLayer(for: target) else {
        throw Diagnostic.error(
          "No layer suggests itself for “\(target)”.", hint: "Name one with --layer. \(network.candidates ?? "")")
      }
      return (found.layer, "Layer \(found.layer.name) was chosen because it is \(found.reason).")
    }
    return found.map { [$0] } ?? []
  }

  /// The model, its network, the layers that its card names, and what is explained that is no class.
  private func loadModel(openSizes: [Int]?) throws -> (LoadedModel, Network, [String], [Target]) {
    let reference = try ModelReference(request.model, content: request.content, followedLinks: request.followedLinks)
    let given = request.inputs.sorted { $0.key < $1.key }.map { name, text in
      let place = SourceLocation(file: "--input \(name)")
      return GivenInput(name: Located(name, at: place), value: Located(InputValue(commandLine: text), at: place))
    }
    let inputs = try reference.inputResolver.resolve(given)
    let reader = TargetReader(
      modelName: request.model, outputs: reference.furtherOutputs, inputs: inputs, path: \.shownPath)
    let targets = try request.targets.flatMap { try reader.targets($0) }.map(\.target)
    let use = NetworkUse(
      inputs: Dictionary(inputs.map { ($0.name, .tensor($0.tensor)) }) { first, _ in first },
      outputs: (reference.furtherOutputs.map(\.name.value) + targets.compactMap(\.tensorName)).withoutRepetitions)
    var (model, network) = try reference.load(openSizes: openSizes, output: request.outputTensor, use: use)
    guard case .card(let card) = reference else { return (model, network, [], targets) }
    if let warning = card.input.unitsWarning { model.notes.append(warning.text) }
    return (model, network, card.defaults.layers?.map(\.value) ?? [], targets)
  }
}

extension InputValue {
  /// What a command line gives to an input.
  fileprivate init(commandLine text: String) {
    let numbers = text.split(separator: ",").map { Double($0) }
    if text.hasSuffix(".npy") {
      let url = URL(fileURLWithPath: text)
      self = .file(ContentFile(path: text, url: url))
    } else if !numbers.isEmpty, numbers.allSatisfy({ $0?.isFinite == true }) {
      self = .numbers(numbers.compactMap { $0 })
    } else {
      self = .text(text)
    }
  }
}

extension PanelSet {
  fileprivate init(painter: PanelPainter, _ model: LoadedModel) {
    self.init(
      painter: painter, threshold: Localization.defaultThreshold, referenceBoxes: [],
      classActivationView: model.facts.classActivationView)
  }
}
