import Diagnostics
import Files
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Site
import Vocabulary

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
  /// - Parameters:
  ///   - tell: is told what takes long, before it begins.
  ///   - progress: is told how far work has come that takes many runs of the network; what it throws ends the work, of which
  ///     nothing is written then.
  /// - Returns: the manifest, as it was written to `OUTPUT/manifest.json`.
  /// - Throws: `DiagnosticList` with everything that is wrong with the request.
  public func run(
    tell: (String) -> Void = { _ in }, progress: @escaping (WorkProgress) throws -> Void = { _ in }
  ) throws -> ExplanationManifest {
    var faults = DiagnosticList()
    if let fault = Network.libraryDiagnostic { faults.append(fault) }
    let file = try faults.collect { try StandaloneFile(contentsOfFile: request.image) }
    // Without one of these the network would be another.
    let targetTexts = try request.targets.compactMap { text in try faults.collect { try TargetExpression(text) } }
    guard targetTexts.count == request.targets.count else { throw faults }
    let loaded = try faults.collect { try loadModel(openSizes: file?.inputShape) }
    guard let (model, network, defaults, targets) = loaded else { throw faults }
    let methods = try request.methods.compactMap { name in try faults.collect { try Saliency.Method.named(name) } }
    let chosen = (methods.isEmpty ? Saliency.Method.standard : methods).map { $0.under(request.profile) }
    let classes = try request.classes.compactMap { query in
      try faults.collect { try model.labels.index(of: query, modelName: model.title) }
    }
    let subjects = classes.map(Target.class) + targets
    let layers = try self.layers(of: model, network, defaults, chosen, targets, &faults)
    for fault in model.facts.faults(of: chosen, subjects, at: layers.map(\.layer)) {
      faults.append(fault.located(at: SourceLocation(file: model.path)))
    }
    let input = try file.flatMap { file in
      try faults.collect { try StandaloneInput(file, model, path: request.image) }
    }
    let paths = ResultPaths(subjects, layers: layers.map(\.layer), methods: chosen)
    let evidence =
      request.measuresEvidence
      ? try faults.collect { () throws(Diagnostic) in
        try StandaloneEvidence(subjects, layers: layers.map(\.layer), methods: chosen, paths: paths)
      } : nil
    let evidenceFiles = evidence?.files ?? []
    let asked = paths.all.flatMap { [$0 + ".png", $0 + ".npy"] } + evidenceFiles
    let writesLogits = request.writesArrays && network.classCount > 0
    let folder = try faults.collect {
      let folder = try ResultFolder(request.output)
      try folder.check(
        request.writesArrays ? asked + (writesLogits ? ["logits.npy"] : []) : asked.filter { !$0.hasSuffix(".npy") })
      return folder
    }
    try faults.throwIfErrors()
    guard let input, let folder else { throw faults }
    let targetLayers = layers.map(\.layer)
    try notice(of: chosen, at: targetLayers, network, input.prepared.tensor, subjects).map(tell)
    let (explainer, explanations, others) = try Diagnostic.about("“\(request.image)” under \(model.title)") {
      let explainer = try Explainer(network, input: input.prepared.tensor, layers: targetLayers) {
        try progress(WorkProgress($0))
      }
      return (
        explainer, try explainer.explain(classes, layers: targetLayers, methods: chosen),
        try explainer.explain(targets, layers: targetLayers, methods: chosen)
      )
    }
    var manifest = ExplanationManifest(
      model: request.model, image: request.image, input: model.facts.inputShape, region: input.prepared.region,
      notes: model.notes(
        for: chosen, layers: targetLayers, areProbabilities: explainer.scores.areProbabilities,
        in: .english)
        + (classes.isEmpty ? [] : model.choices) + faults.all.map(\.summary)
        + (try doubts(about: input, model, network)).map(\.text))
    let painter = PanelPainter(
      view: input.view, prepared: input.prepared, channels: model.input.channels, colormap: .turbo, opacity: 0.5,
      blend: .flat)
    let panels = PanelSet(painter: painter, model)
    let measured = try evidence?.measure(
      subjects, explanations.map(\.attributions) + others.map(\.attributions), explainer.scores, network,
      input.prepared.tensor, panels, step: request.evidenceStep, tell: tell, progress: progress
    ) { try model.open(weights: $0) }
    let writer = StandaloneWriter(
      panels: panels, layers: layers, methods: chosen, paths: paths,
      writesArrays: request.writesArrays, folder: folder)
    // Painting and encoding the pictures of a small network takes nearly as long as its gradients.
    let written = try Parallel.map(
      Array((explanations.map(\.attributions) + others.map(\.attributions)).enumerated())
    ) { position, attributions in try writer.write(attributions, of: position) }
    manifest.classes = zip(explanations, written).map { ExplanationManifest.ClassEntry($0, model.labels, $1) }
    let same = try Finding.sameness(
      of: chosen, at: layers.isEmpty ? [nil] : targetLayers.map(Optional.some), explanations.map(\.attributions))
    let shared = chosen.flatMap { method in
      (layers.isEmpty ? [nil] : targetLayers.map(Optional.some)).compactMap { same[Cell(method, at: $0)]?.text }
    }
    for place in manifest.classes.indices {
      let saturation = Finding.saturation(of: explanations[place].classIndex, explainer.scores, model.facts.scores)
      manifest.classes[place].findings += (shared + [saturation?.text].compactMap { $0 }).withoutRepetitions
    }
    manifest.targets = zip(others, written.dropFirst(explanations.count)).map { other, written in
      ExplanationManifest.TargetEntry(
        target: other.target.description, value: other.value, results: written.results, findings: written.findings)
    }
    var files = written.flatMap(\.results).flatMap { [$0.picture, $0.array].compactMap { $0 } }
    if let evidence, let measured { files += try evidence.write(measured, to: folder, &manifest) }
    if writesLogits {
      files.append("logits.npy")
      try folder.write(Tensor(shape: [1, explainer.logits.count], explainer.logits).npyData, to: "logits.npy")
    }
    manifest.files = folder.files(with: files, replacing: asked)
    try folder.write(manifest.json, to: ResultFolder.manifestName)
    try folder.commit(replacing: asked)
    return manifest
  }

  /// What is doubtful about the input: of a tensor, by the card; of a picture, by what the network saw in training.
  private func doubts(
    about input: StandaloneInput, _ model: LoadedModel, _ network: Network
  ) throws -> [Finding] {
    var doubt: InputDoubt?
    if input.isTensor, model.isDescribed { doubt = InputDoubt.of(input.prepared.tensor, for: model.input) }
    if doubt == nil {
      doubt = try network.firstStatistics(of: input.prepared.tensor)
        .flatMap { InputDoubt.of($0, input.prepared.tensor, model.input) }
    }
    return doubt.map { [.doubtfulInput($0)] } ?? []
  }

  /// How long methods will take that ask the network about many pictures, where that is long.
  private func notice(
    of methods: [Saliency.Method], at layers: [Layer], _ network: Network, _ input: Tensor, _ targets: [Target]
  ) throws -> String? {
    guard let target = targets.first else { return nil }
    var estimate = RunEstimate()
    for method in methods {
      for layer in method.needsLayer ? layers.map(Optional.some) : [nil] {
        estimate.add(method, at: layer, input: network.inputShape, targets: targets.count)
      }
    }
    return try estimate.notice("This", network, input: input, target: target)
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
      let found = try faults.collect { try model.layer(nil) }
      return found.map { [($0.layer, $0.choice.sentence(on: $0.layer.name, in: .english))] } ?? []
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
    let inputs = try reference.inputResolver(.commandLine).resolve(given)
    let reader = TargetReader(
      modelName: request.model, outputs: reference.furtherOutputs, inputs: inputs, path: \.shownPath)
    let targets = try request.targets.flatMap { try reader.targets($0) }.map(\.target)
    let use = NetworkUse(
      inputs: Dictionary(inputs.map { ($0.name, .tensor($0.tensor)) }) { first, _ in first },
      outputs: (reference.furtherOutputs.map(\.name.value) + targets.compactMap(\.tensorName)).withoutRepetitions)
    var (model, network) = try reference.load(openSizes: openSizes, output: request.outputTensor, use: use)
    guard case .card(let card) = reference else { return (model, network, [], targets) }
    model.notes += [card.input.unitsWarning, card.input.orderWarning].compactMap { $0?.text }
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
