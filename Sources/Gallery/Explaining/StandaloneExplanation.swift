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
    image: String, model: String, classes: [String], layers: [String] = [], methods: [String] = [], output: String,
    outputTensor: String? = nil, writesArrays: Bool = false, content: String = "content", followedLinks: [String] = []
  ) {
    self.image = image
    self.model = model
    self.classes = classes
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
  /// `OUTPUT/<class index>/<method>.png`; with several layers, `<layer>-<method>.png` for methods that look at one.
  ///
  /// - Returns: the manifest, as it was written to `OUTPUT/manifest.json`.
  /// - Throws: `DiagnosticList` with everything that is wrong with the request.
  public func run() throws -> ExplanationManifest {
    var faults = DiagnosticList()
    if let fault = Network.libraryDiagnostic { faults.append(fault) }
    let file = try faults.collect { try StandaloneFile(contentsOfFile: request.image) }
    let loaded = try faults.collect { try loadModel(openSizes: file?.inputShape) }
    guard let (model, network, defaults) = loaded else { throw faults }
    let methods = try request.methods.compactMap { name in try faults.collect { try Saliency.Method.named(name) } }
    let chosen = methods.isEmpty ? Saliency.Method.standard : methods
    let modelName = model.title
    let classes = try request.classes.compactMap { query in
      try faults.collect { try model.labels.index(of: query, modelName: modelName) }
    }
    let names = request.layers.isEmpty ? defaults : request.layers
    let layers =
      !chosen.contains(where: \.needsLayer)
      ? []
      : try (names.isEmpty ? [nil] : names.map(Optional.some)).compactMap { name in
        try faults.collect { try model.layer(name) }
      }
    let input = try file.flatMap { file in
      try faults.collect { try StandaloneInput(file, model, path: request.image) }
    }
    let paths = ResultPaths(classes: classes, layers: layers.map(\.layer), methods: chosen)
    let asked = paths.all.flatMap { [$0 + ".png", $0 + ".npy"] }
    let folder = try faults.collect {
      let folder = try ResultFolder(request.output)
      try folder.check(
        request.writesArrays ? asked + ["logits.npy"] : asked.filter { $0.hasSuffix(".png") })
      return folder
    }
    try faults.throwIfErrors()
    guard let input, let folder else { throw faults }
    let explainer = try Diagnostic.about("“\(request.image)” under \(modelName)") {
      try Explainer(network, input: input.prepared.tensor, layers: layers.map(\.layer))
    }
    let explanations = try explainer.explain(classes, layers: layers.map(\.layer), methods: chosen)
    let painter = PanelPainter(
      view: input.view, prepared: input.prepared, channels: model.input.channels, colormap: .turbo, opacity: 0.5,
      blend: .flat)
    var manifest = ExplanationManifest(
      model: request.model, image: request.image, input: model.facts.inputShape, region: input.prepared.region,
      notes: model.notes(for: chosen, layers: layers.map(\.layer), areProbabilities: explainer.scores.areProbabilities)
        + model.choices + faults.all.map(\.summary))
    let panels = PanelSet(painter: painter, model)
    // Painting and encoding the pictures of a small network takes nearly as long as its gradients.
    manifest.classes = try Parallel.map(Array(explanations.enumerated())) { position, explanation in
      try write(explanation, model.labels, layers, chosen, panels, to: folder) { layer, method in
        paths.path(explanation: position, layer: layer, method: method)
      }
    }
    var files = manifest.classes.flatMap(\.results).flatMap { [$0.picture, $0.array].compactMap { $0 } }
    if request.writesArrays {
      files.append("logits.npy")
      try folder.write(Tensor(shape: [1, explainer.logits.count], explainer.logits).npyData, to: "logits.npy")
    }
    manifest.files = folder.files(with: files, replacing: asked)
    try folder.write(manifest.json, to: ResultFolder.manifestName)
    try folder.commit(replacing: asked)
    return manifest
  }

  private func write(
    _ explanation: Explanation, _ labels: ClassLabels, _ layers: [(layer: Layer, reason: String)],
    _ methods: [Saliency.Method], _ set: PanelSet, to folder: ResultFolder,
    path: (_ layer: Int, _ method: Saliency.Method) -> String?
  ) throws -> ExplanationManifest.ClassEntry {
    let label = labels.entries[explanation.classIndex]
    var entry = ExplanationManifest.ClassEntry(
      index: explanation.classIndex, label: label.names[0], synset: label.synset, logit: explanation.logit,
      probability: explanation.probability, rank: explanation.rank)
    for (position, target) in (layers.isEmpty ? [nil] : layers.map(\.layer)).enumerated() {
      // What looks at no layer is the same for all of them.
      let wanted = methods.filter { position == 0 || $0.needsLayer }
      entry.findings += wanted.compactMap { explanation.finding($0, at: target)?.text }
      for panel in try wanted.compactMap({ try set.panel($0, explanation, at: target) }) {
        let layer = panel.method.needsLayer ? layers[position] : nil
        guard let path = path(position, panel.method) else { continue }
        try folder.write(panel.picture.pngData(), to: path + ".png")
        if request.writesArrays, let array = panel.array { try folder.write(array.npyData, to: path + ".npy") }
        entry.results.append(
          ExplanationManifest.Result(
            method: panel.method.id, picture: path + ".png",
            array: request.writesArrays && panel.array != nil ? path + ".npy" : nil, layer: layer?.layer.name,
            layerReason: layer?.reason, box: panel.box.map { [$0.x, $0.y, $0.width, $0.height] },
            warning: panel.finding?.text))
      }
    }
    entry.findings = entry.findings.withoutRepetitions
    return entry
  }

  /// The model, its network, and the layers that its card names.
  private func loadModel(openSizes: [Int]?) throws -> (LoadedModel, Network, [String]) {
    let reference = try ModelReference(request.model, content: request.content, followedLinks: request.followedLinks)
    var (model, network) = try reference.load(openSizes: openSizes, output: request.outputTensor)
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
