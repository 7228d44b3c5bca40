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
  /// The files of what the network's other inputs are given, .npy, by name.
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
    let targets = try request.targets.compactMap { text in try faults.collect { try Target(text) } }
    var inputs: [String: Tensor] = [:]
    for (name, path) in request.inputs { inputs[name] = try faults.collect { try Tensor(contentsOfNPYFile: path) } }
    // Without one of these the network would be another.
    guard targets.count == request.targets.count, inputs.count == request.inputs.count else { throw faults }
    let loaded = try faults.collect { try loadModel(openSizes: file?.inputShape, targets, inputs) }
    guard let (model, network, defaults) = loaded else { throw faults }
    let methods = try request.methods.compactMap { name in try faults.collect { try Saliency.Method.named(name) } }
    let chosen = methods.isEmpty ? Saliency.Method.standard : methods
    let classes = try request.classes.compactMap { query in
      try faults.collect { try model.labels.index(of: query, modelName: model.title) }
    }
    let subjects = classes.map(StandaloneSubject.class) + targets.map(StandaloneSubject.target)
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

  /// The model, its network, and the layers that its card names.
  private func loadModel(
    openSizes: [Int]?, _ targets: [Target], _ inputs: [String: Tensor]
  ) throws -> (LoadedModel, Network, [String]) {
    let reference = try ModelReference(request.model, content: request.content, followedLinks: request.followedLinks)
    var names: [String] = []
    for name in targets.compactMap(\.tensorName) where !names.contains(name) { names.append(name) }
    var (model, network) = try reference.load(
      openSizes: openSizes, output: request.outputTensor, outputs: names,
      inputs: inputs.mapValues { FurtherInput.tensor($0) })
    guard case .card(let card) = reference else { return (model, network, []) }
    if let warning = card.input.unitsWarning { model.notes.append(warning.text) }
    return (model, network, card.defaults.layers?.map(\.value) ?? [])
  }
}

extension PanelSet {
  fileprivate init(painter: PanelPainter, _ model: LoadedModel) {
    self.init(
      painter: painter, threshold: Localization.defaultThreshold, referenceBoxes: [],
      classActivationView: model.facts.classActivationView)
  }
}
