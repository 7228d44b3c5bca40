import Diagnostics
import Files
import NeuralNetwork
import Site

/// A network as a part of a figure uses it.
struct UsedModel {
  let model: LoadedModel
  let identity: NetworkIdentity
  /// What its inputs beside the picture are given.
  let inputs: [ResolvedInput]
  /// Reads what is explained that is no class.
  let targets: TargetReader
}

/// The models of a plan: each by itself, and as the requests use it, with inputs and outputs of their own.
struct PlannedModels {
  /// The models whose cards are sound, by name.
  private(set) var models: [String: LoadedModel] = [:]
  /// What their numbers depend on, by the same names.
  private(set) var identities: [String: NetworkIdentity] = [:]

  private let options: BuildOptions
  private let networks: NetworkStore
  private var cards: [String: ModelCard] = [:]
  private var stated: [String: [StatedInput]] = [:]
  private var used: [UseName: (LoadedModel, NetworkIdentity)] = [:]

  private struct UseName: Hashable {
    let card: String
    let use: NetworkUse
  }

  init(_ options: BuildOptions, _ networks: NetworkStore) {
    self.options = options
    self.networks = networks
  }

  /// Finds out about a card's network, with what the card itself gives to its inputs.
  mutating func add(_ card: ModelCard, _ diagnostics: inout DiagnosticList) throws {
    cards[card.name] = card
    let loaded = try diagnostics.collect { () -> (LoadedModel, NetworkIdentity) in
      let use = NetworkUse(
        inputs: try resolver(of: card).defaults(), outputs: card.furtherOutputs.map(\.name.value).withoutRepetitions)
      return try load(card, use)
    }
    models[card.name] = loaded?.0
    identities[card.name] = loaded?.1
  }

  /// The model of a request; `nil` where there is something wrong with its card, which has been told.
  ///
  /// - Throws: `DiagnosticList` where the request gives an input what it cannot be given.
  mutating func model(for request: ExplainRequest) throws -> UsedModel? {
    let name = request.model.value
    guard let card = cards[name], let base = models[name], let identity = identities[name] else { return nil }
    var faults = DiagnosticList()
    let inputs = try faults.collect(at: request.location) { try resolver(of: card).resolve(request.inputs) }
    guard let inputs else { throw faults }
    let reader = TargetReader(
      modelName: name, outputs: card.furtherOutputs, inputs: inputs, path: path)
    var use = base.use
    for input in inputs { use.inputs[input.name] = .tensor(input.tensor) }
    use.outputs =
      (use.outputs + TargetReader.outputs(of: request.subjects.targets.map(\.value.text))).withoutRepetitions
    guard use != base.use else { return UsedModel(model: base, identity: identity, inputs: inputs, targets: reader) }
    let loaded = try faults.collect(at: request.location) { try load(card, use) }
    guard let (model, identity) = loaded else { throw faults }
    return UsedModel(model: model, identity: identity, inputs: inputs, targets: reader)
  }

  private mutating func load(_ card: ModelCard, _ use: NetworkUse) throws -> (LoadedModel, NetworkIdentity) {
    if let known = used[UseName(card: card.name, use: use)] { return known }
    var found: NetworkIdentity?
    let model = try LoadedModel(card, use: use, path: path) { file, input, output in
      let (facts, identity) = try networks.facts(ofFileAt: file, input: input, output: output, use: use)
      try identity.checkWeights(content: options.content, followedLinks: options.followedLinks, at: card.file.location)
      found = identity
      return facts
    }
    guard let found else { throw Diagnostic.error("Nothing is known of the network of \(card.name).") }
    used[UseName(card: card.name, use: use)] = (model, found)
    return (model, found)
  }

  private mutating func resolver(of card: ModelCard) -> InputResolver {
    let file = path(card.file.value)
    // Files are read for what they state only where a card speaks of it.
    let inputs =
      card.furtherInputs.isEmpty ? [] : stated[file] ?? Network.statedInputs(ofModelAt: file)
    stated[file] = inputs
    return InputResolver(modelName: card.name, inputs: card.furtherInputs, stated: inputs, path: path)
  }

  private var path: (ContentFile) -> String {
    { [content = options.content] file in PathText.join(content, file.path) }
  }
}
