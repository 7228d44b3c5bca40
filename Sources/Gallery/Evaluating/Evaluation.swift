public import Diagnostics
import Foundation
import Imaging
import NeuralNetwork
import Saliency

/// Repeats the papers' experiments: how well maps show where things are, over pictures of which that is known.
public struct Evaluation: Sendable {
  /// The name of a card in the content folder, the path of a card, or an .onnx file.
  public var model: String
  /// The folder of the data set.
  public var dataset: String
  /// Method names; empty means every one that the network allows but those that ask it about many pictures.
  public var methods: [String] = []
  /// Nodes or tensors; empty means the card's layer, or else the network's default.
  public var layers: [String] = []
  /// Whether deletion and insertion are measured too, some hundred runs of the network a map.
  public var measuresCurves = false
  /// At most so many pictures, the first ones.
  public var limit: Int?
  /// The folder in which card names are looked up.
  public var content = "content"
  /// Folders outside of a card's that links beside it may lead into.
  public var followedLinks: [String] = []

  /// Creates an evaluation of a model on a data set.
  public init(model: String, dataset: String) {
    self.model = model
    self.dataset = dataset
  }

  /// Measures everything.
  ///
  /// - Parameter progress: is told how far it has come; what it throws ends the work.
  /// - Throws: `DiagnosticList` with everything that is wrong with model or data set.
  public func run(progress: (WorkProgress) throws -> Void = { _ in }) throws -> EvaluationReport {
    var faults = DiagnosticList()
    let data = try faults.collect { try DataSet(dataset) }
    let loaded = try faults.collect {
      let reference = try ModelReference(model, content: content, followedLinks: followedLinks)
      return try reference.load(use: try reference.ownUse)
    }
    guard let data, let (model, network) = loaded else { throw faults }
    let (methods, layers) = try choose(model, network, &faults)
    try faults.throwIfErrors()
    let cells = methods.flatMap { method in
      method.needsLayer ? layers.map { Cell(method, at: $0) } : [Cell(method, at: nil)]
    }
    let samples = Array(data.samples.prefix(limit ?? .max))
    var tally = EvaluationTally(cells)
    for (number, sample) in samples.enumerated() {
      try progress(WorkProgress(subject: "Evaluation", done: number, count: samples.count, unit: "pictures"))
      _ = try faults.collect {
        let measure = try SampleMeasure(sample, model, network, cells, layers, measuresCurves: measuresCurves)
        tally.add(try measure.results())
      }
    }
    try faults.throwIfErrors()
    guard
      let report = tally.report(
        model: self.model, dataset: dataset, pictures: samples.count, things: samples.reduce(0) { $0 + $1.things.count }
      )
    else {
      throw Diagnostic.error("There is nothing to measure: no method yields a map.", hint: "Try --method grad-cam.")
    }
    return report
  }

  private func choose(
    _ model: LoadedModel, _ network: Network, _ faults: inout DiagnosticList
  ) throws -> ([Saliency.Method], [Layer]) {
    guard network.classCount > 0 else {
      faults.append(.error("The model has no classes, and a data set tells of classes."))
      return ([], [])
    }
    let named = try methods.compactMap { name in try faults.collect { try Saliency.Method.named(name) } }
    let possible = methods.isEmpty ? Saliency.Method.all.filter { $0.canRun(on: network) } : named
    var chosen = possible.filter { $0.name.picture != .boxes }
    guard chosen.contains(where: \.needsLayer) else { return (chosen, []) }
    let found =
      layers.isEmpty
      ? try faults.collect { [try model.layer(nil).layer] }
      : try layers.compactMap { name in try faults.collect { try network.layer(named: name) } }
    if methods.isEmpty { chosen.removeAll { $0.pictures(input: network.inputShape, at: found?.first).count > 0 } }
    return (chosen, found ?? [])
  }
}

extension Saliency.Method {
  /// Whether the network has what the method needs.
  fileprivate func canRun(on network: Network) -> Bool {
    (!needs.contains(.classActivationHead) || network.classActivationHead != nil)
      && (!needs.contains(.attention) || !network.attentionBlocks.isEmpty)
  }
}
