import Diagnostics
import Files
import Foundation
import NeuralNetwork
import Saliency
import Site

/// One of two networks that are compared.
struct DriftNetwork {
  /// As it was named.
  let name: String
  private let reference: ModelReference
  private let networks: NetworkStore

  /// The name of its card, by which content speaks of it; `nil` for a bare file.
  let cardName: String?

  /// - Throws: `DiagnosticList` where there is no such network.
  init(_ name: String, _ options: BuildOptions, _ networks: NetworkStore) throws(DiagnosticList) {
    let reference = try ModelReference(name, content: options.content, followedLinks: options.followedLinks)
    let cardName: String? = if case .card(let card) = reference { card.name } else { nil }
    self.init(name: name, cardName: cardName, reference, networks)
  }

  private init(name: String, cardName: String?, _ reference: ModelReference, _ networks: NetworkStore) {
    (self.name, self.cardName, self.reference, self.networks) = (name, cardName, reference, networks)
  }

  /// A bare file, run as the card of another network says; `nil` where it has a card, or the other none.
  func run(like other: DriftNetwork) -> DriftNetwork? {
    guard case .file(let path) = reference, case .card(var card) = other.reference,
      FileManager.default.fileExists(atPath: path)
    else { return nil }
    card.title = PathText.name(of: path)
    card.file.value = ContentFile(path: path, url: URL(fileURLWithPath: path))
    card.source = nil
    return DriftNetwork(name: name, cardName: nil, .card(card), networks)
  }

  /// The layers that its card names; nothing without one.
  var layers: [Located<String>] { if case .card(let card) = reference { card.defaults.layers ?? [] } else { [] } }

  /// The network as a request uses it.
  ///
  /// - Throws: `DiagnosticList` where it cannot be used so.
  func used(for request: ExplainRequest) throws -> UsedModel {
    let inputs = try reference.inputResolver(request.inputs.isEmpty ? .card : .block).resolve(request.inputs)
    let targets = TargetReader.outputs(of: request.subjects.targets.map(\.value.text))
    let use = NetworkUse(
      inputs: Dictionary(inputs.map { ($0.name, .tensor($0.tensor)) }) { first, _ in first },
      outputs: (reference.furtherOutputs.map(\.name.value) + targets).withoutRepetitions)
    let (model, identity) = try load(use)
    let reader = TargetReader(
      modelName: name, outputs: reference.furtherOutputs, inputs: inputs, path: \.shownPath)
    return UsedModel(model: model, identity: identity, inputs: inputs, targets: reader)
  }

  private func load(_ use: NetworkUse) throws -> (LoadedModel, NetworkIdentity) {
    switch reference {
    case .card(let card):
      var found: NetworkIdentity?
      let model = try LoadedModel(card, use: use, path: \.shownPath) { file, input, output in
        let (facts, identity) = try networks.facts(ofFileAt: file, input: input, output: output, use: use)
        found = identity
        return facts
      }
      guard let found else { throw Diagnostic.error("Nothing is known of the network of \(card.name).") }
      return (model, found)
    case .file(let path):
      let (model, _) = try reference.load(use: use)
      return (model, try networks.facts(ofFileAt: path, input: model.input, output: model.output, use: use).1)
    }
  }

  /// Resolves what a request names.
  ///
  /// - Throws: `DiagnosticList`: every name that means nothing, with the network's own.
  func plan(_ request: ExplainRequest, _ used: UsedModel) throws -> PlannedFigure {
    var request = request
    request.model.value = name
    return try PlannedFigure(request, partCount: 1, model: used.model, inputs: used.inputs, targets: used.targets)
  }
}

extension ClassLabels {
  /// Whether people gave the classes names.
  fileprivate var isNamed: Bool { self != ClassLabels(count: entries.count) }

  /// The index that class `index` of another network has here: the same where either has no labels or both have the same ones,
  /// else that of its name; `nil` where it is not here.
  func index(of index: Int, in other: ClassLabels) -> Int? {
    if !isNamed || !other.isNamed || self == other { return entries.indices.contains(index) ? index : nil }
    let entry = other.entries[index]
    // A number may be a name here.
    let names = [entry.synset].compactMap { $0 } + entry.names.map { "label:\($0)" }
    return names.lazy.compactMap { try? self.index(of: $0, modelName: "") }.first
  }
}
