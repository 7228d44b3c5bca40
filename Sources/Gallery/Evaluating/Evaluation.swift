public import Diagnostics
import Files
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Site

/// Repeats the papers' experiments: how well maps show where things are, and how far they may be trusted, over pictures of
/// which it is known what is where.
public struct Evaluation: Sendable {
  /// The name of a card in the content folder, the path of a card, or an .onnx file.
  public var model: String
  /// The folder of the data set.
  public var dataset: String
  /// Method names, or `all` for every one that the network allows; empty means those of them that do not ask it about many pictures.
  public var methods: [String] = []
  /// Nodes or tensors; empty means the card's layer, or else the network's default.
  public var layers: [String] = []
  /// Of how many pictures, the first ones, evidence is measured too: some hundred runs of the network a map.
  public var evidencePictures = 0
  /// At most so many pictures, the first ones.
  public var limit: Int?
  /// The folder in which card names are looked up.
  public var content = "content"
  /// Folders outside of a card's that links beside it may lead into.
  public var followedLinks: [String] = []
  /// Where results are kept, so that an interrupted evaluation goes on; `nil` means `.sitegen/store` beside the content.
  public var store: String?
  /// How many processors are used; `nil` means all.
  public var jobs: Int?

  /// Creates an evaluation of a model on a data set.
  public init(model: String, dataset: String) {
    self.model = model
    self.dataset = dataset
  }

  /// Measures everything, several pictures at a time. What the store has is not measured again.
  ///
  /// - Parameters:
  ///   - tell: is told before it begins what it costs, where that is much.
  ///   - progress: is told how far it has come, from any thread, one at a time; what it throws ends the work.
  /// - Throws: `DiagnosticList` with everything that is wrong with model or data set.
  public func run(
    tell: (String) -> Void = { _ in }, progress: @escaping @Sendable (WorkProgress) throws -> Void = { _ in }
  ) throws -> EvaluationReport {
    var faults = DiagnosticList()
    let data = try faults.collect { try DataSet(dataset) }
    let loaded = try faults.collect {
      let reference = try ModelReference(model, content: content, followedLinks: followedLinks)
      return try reference.load(use: try reference.ownUse)
    }
    guard let data, let (model, network) = loaded else { throw faults }
    let cells = try cells(model, network, &faults)
    try faults.throwIfErrors()
    guard !cells.isEmpty else {
      throw Diagnostic.error("There is nothing to measure: no method yields a map.", hint: "Try --method grad-cam.")
    }
    let networks = NetworkStore(Store(store ?? Store.standardPath(besideContent: content)))
    defer {
      networks.hashes.save()
      networks.store.end()
    }
    let (facts, identity) = try networks.facts(
      ofFileAt: model.path, input: model.input, output: model.output, use: model.use)
    // A data set has at least one picture, and one is the least that can be measured.
    let samples = Array(data.samples.prefix(max(limit ?? .max, 1)))
    let step = EvaluationStep(
      model: model, facts: facts, identity: identity, networks: networks, cells: cells,
      evidencePictures: evidencePictures, jobs: max(1, jobs ?? Parallel.processorCount), progress: progress)
    let first = try SampleMeasure(samples[0], model, cells)
    try step.estimate(samples).notice(
      "From an empty store, this", network, input: first.tensor, target: .class(0)
    ).map(tell)
    let results = try step.run(samples)
    let report = EvaluationTally(cells, results).report(
      EvaluationTally.Circumstances(
        model: self.model, network: identity.files[0].hash, dataset: dataset, command: command,
        pictures: samples.count, things: samples.reduce(0) { $0 + $1.things.count },
        evidencePictures: min(evidencePictures, samples.count)),
      try EvaluationTimes(network, input: first.tensor, cells: cells))
    guard let report else { throw Diagnostic.error("There is nothing to measure in the data set “\(dataset)”.") }
    return report
  }

  /// What measures the same, without what is about this machine.
  private var command: String {
    var words = ["sitegen", "evaluate", "--model", model, "--dataset", dataset]
    for method in methods { words += ["--method", method] }
    for layer in layers { words += ["--layer", layer] }
    if evidencePictures > 0 { words += ["--evidence", String(evidencePictures)] }
    if let limit { words += ["--limit", String(limit)] }
    return words.map(\.shellWord).joined(separator: " ")
  }

  private func cells(_ model: LoadedModel, _ network: Network, _ faults: inout DiagnosticList) throws -> [Cell] {
    guard network.classCount > 0 else {
      faults.append(.error("The model has no classes, and a data set tells of classes."))
      return []
    }
    let possible =
      methods.isEmpty || methods == ["all"]
      ? Saliency.Method.all.filter { $0.canRun(on: network) }
      : try methods.compactMap { name in try faults.collect { try Saliency.Method.named(name) } }
    var chosen = possible.filter { $0.name.picture != .boxes }
    var found: [Layer] = []
    if chosen.contains(where: \.needsLayer) {
      found =
        layers.isEmpty
        ? try faults.collect { [try model.layer(nil).layer] } ?? []
        : try layers.compactMap { name in try faults.collect { try network.layer(named: name) } }
      if methods.isEmpty { chosen.removeAll { $0.pictures(input: network.inputShape, at: found.first).count > 0 } }
    }
    return chosen.flatMap { method in
      method.needsLayer ? found.map { Cell(method, at: $0) } : [Cell(method, at: nil)]
    }
  }
}

extension Saliency.Method {
  /// Whether the network has what the method needs.
  fileprivate func canRun(on network: Network) -> Bool {
    (!needs.contains(.classActivationHead) || network.classActivationHead != nil)
      && (!needs.contains(.attention) || !network.attentionBlocks.isEmpty)
  }
}
