import Diagnostics
import Foundation
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// A network as content names it: what is known of it, how its pictures are prepared, and what its classes are called.
struct LoadedModel: Sendable {
  let title: String
  /// The ONNX file.
  let path: String
  let input: InputSpecification
  /// The output, or the tensor inside the model, that was chosen; `nil` for the one that is plainly the scores.
  let output: String?
  /// What its other inputs are given, and which other outputs are explained.
  let use: NetworkUse
  let labels: ClassLabels
  let facts: NetworkFacts
  /// Whether a card says how pictures are prepared.
  let isDescribed: Bool
  /// What a reader should know about how the network is run, in full sentences.
  var notes: [String] = []

  /// Reads what a model card describes.
  ///
  /// - Parameters:
  ///   - output: the output or inner tensor that holds the scores, instead of the card's.
  ///   - use: what else goes in and comes out.
  ///   - path: turns a content file into the path that messages show and that can be opened.
  ///   - facts: finds out about the ONNX file at a path, for this input and the output of this name.
  /// - Throws: `DiagnosticList`, each fault at the card's line or in the file that has it.
  init(
    _ card: ModelCard, output chosen: String? = nil, use: NetworkUse = NetworkUse(), path: (ContentFile) -> String,
    facts findFacts: (String, InputSpecification, String?) throws -> NetworkFacts
  ) throws {
    title = card.title
    isDescribed = true
    self.use = use
    let file = path(card.file.value)
    guard FileManager.default.fileExists(atPath: file) else {
      throw DiagnosticList([
        .error(
          "The model file “\(card.file.value.path)” is not there.", at: card.file.location,
          hint: card.source.map { _ in "Try “sitegen model pull \(card.name)”." })
      ])
    }
    self.path = file
    var faults = DiagnosticList()
    let specification = try faults.collect(at: card.location) { try InputSpecification(card.input) }
    guard var specification else { throw faults }
    output = chosen ?? card.output?.value
    facts = try findFacts(file, specification, output)
    if facts.inputElementType.wholeNumbers != nil, card.input.scale == nil { specification.scale = 255 }
    if let fault = specification.fault(for: facts.inputElementType) {
      throw DiagnosticList([fault.located(at: card.location)])
    }
    input = specification
    guard let labelFile = card.labels?.value else {
      labels = ClassLabels(count: facts.classCount)
      return
    }
    do throws(Diagnostic) {
      labels = try ClassLabels(contentsOfFile: path(labelFile), classCount: facts.classCount)
    } catch {
      throw DiagnosticList([error])
    }
  }

  /// What is known of a bare ONNX file: RGB or grey from 0 to 1, or to 255 where whole numbers go in, stretched; classes
  /// without names.
  init(_ network: Network, file path: String, output: String? = nil, use: NetworkUse = NetworkUse()) throws {
    self.path = path
    self.use = use
    isDescribed = false
    title = URL(fileURLWithPath: path).lastPathComponent
    let shape = network.inputShape
    let type = network.inputElementType
    let channels = InputSpecification.Channels(count: shape[1])
    input = try InputSpecification(
      width: shape[3], height: shape[2], channels: channels, scale: type.wholeNumbers == nil ? 1 : 255)
    self.output = output
    facts = NetworkFacts(network, outputs: use.outputs)
    labels = ClassLabels(count: facts.classCount)
    notes = [channels.note(type)]
  }

  /// The layer that `name` means, or the network's default where there is no name.
  ///
  /// - Parameter output: what is explained where that is no class.
  /// - Returns: the layer, and why it is this one.
  /// - Throws: `Diagnostic` where there is none.
  func layer(_ name: String?, for output: String? = nil) throws -> (layer: Layer, choice: LayerChoice) {
    if let name {
      // The network itself knows best what is wrong with a name.
      return (try facts.layer(named: name) ?? open().layer(named: name), .asked)
    }
    let found = output.flatMap { facts.outputs[$0] }
    let (layer, reason) =
      output == nil
      ? (facts.defaultLayer, facts.defaultLayerReason) : (found?.defaultLayer, found?.defaultLayerReason)
    guard let layer, let reason else {
      throw Diagnostic.error(
        "\(title) has no layer that suggests itself.",
        hint: "Name one with `layer:`. \(try open().candidates ?? "")")
    }
    return (layer, .suggested(reason))
  }

  private func open() throws -> Network {
    try Network(contentsOfFile: path, inputShape: input.shape, output: output, use: use)
  }

  /// Opens the network with other weights.
  ///
  /// - Parameter weights: what stands in the place of each float32 tensor.
  /// - Throws: `DiagnosticList` located at the file. What `weights` throws.
  func open(weights: @escaping (_ name: String, _ weights: Tensor) throws -> Tensor) throws -> Network {
    try Network(contentsOfFile: path, inputShape: input.shape, output: output, use: use, weights: weights)
  }
}

extension InputSpecification {
  /// What is wrong with feeding these numbers to a network that takes elements of a type.
  func fault(for type: InputElementType) -> Diagnostic? {
    guard let range = type.wholeNumbers else { return nil }
    let isWhole = scale == 255 && standardDeviation.allSatisfy { $0 == 1 } && mean.allSatisfy { $0 == $0.rounded() }
    let fits = mean.allSatisfy { range.contains(-$0) && range.contains(scale - $0) }
    guard !isWhole || !fits else { return nil }
    return .error(
      "the network takes \(type.rawValue), whole numbers, and normalises them itself; by `scale`, `mean` and `std` pictures "
        + "do not go in as such.",
      hint: "Set `scale: 255`, and leave out `mean` and `std`.")
  }

  fileprivate init(_ input: ModelCard.Input) throws(Diagnostic) {
    try self.init(
      width: input.width, height: input.height, resize: input.resize, channels: .order(input.channels),
      scale: Float(input.scale ?? 1),
      mean: input.mean.map { Float($0) }, standardDeviation: input.std.map { Float($0) })
  }
}

extension InputSpecification.Channels {
  /// What is assumed of an input of which nothing but its shape is known.
  fileprivate init(count: Int) {
    switch count {
    case 1: self = .order(.gray)
    case 3: self = .order(.rgb)
    default: self = .planes(count)
    }
  }

  /// The assumption, as a full sentence.
  fileprivate func note(_ type: InputElementType) -> String {
    switch self {
    case .planes(let count):
      let shown = count == 2 ? "the mean of both, in grey" : "the first three, as red, green and blue"
      return "The network takes \(count) channels, which are no colours: what is shown of the input is \(shown)."
    case .order(let order):
      let colours = order == .gray ? "grey" : "RGB"
      guard type.wholeNumbers == nil else {
        return
          "No model card says how pictures are normalised; the network takes \(type.rawValue), so \(colours) from 0 to "
          + "255 is assumed."
      }
      return
        "No model card says how pictures are normalised; \(colours) from 0 to 1 is assumed, which most networks do not "
        + "expect."
    }
  }
}

extension LoadedModel {
  /// What the model's page tells of the network.
  func view(in strings: Strings) -> ModelView {
    ModelView(
      facts: table(in: strings),
      layers: facts.layers.map { layer in
        LayerView(
          name: layer.name, operatorType: layer.operatorType,
          shape: layer.arrangement.mapShape(of: layer.shape), isDefault: layer == facts.defaultLayer)
      })
  }

  private func table(in strings: Strings) -> [FactView] {
    let outputs = facts.outputs.sorted { $0.key < $1.key }.map { "\($0) (\($1.shape.shapeText))" }
    let operations = strings.numbers.written(String(format: "%.2f", Double(facts.operations) / 1e9))
    var lines = [
      facts.classCount > 0 ? FactView(name: strings(.classes), value: String(facts.classCount)) : nil,
      outputs.isEmpty ? nil : FactView(name: strings(.outputs), value: outputs.joined(separator: ", ")),
      FactView(name: strings(.parameters), value: strings.numbers.count(facts.parameterCount)),
      FactView(name: strings(.operations), value: strings(.operationsCount, ["number": operations])),
    ].compactMap { $0 }
    if let layer = facts.defaultLayer, let reason = facts.defaultLayerReason {
      lines.append(
        FactView(
          name: strings(.defaultLayer),
          value: strings(.defaultLayerReason, ["layer": layer.name, "reason": reason.words(in: strings)])))
    }
    if facts.scores == .probability {
      lines.append(FactView(name: strings(.output), value: strings(.probabilitiesAlready)))
    }
    lines.append(FactView(name: strings(.guidedRule), value: facts.guidedRule.words(in: strings)))
    lines.append(
      FactView(
        name: strings(.cam),
        value: facts.classActivationLayer.map { strings(.camAt, ["layer": $0]) } ?? strings(.camUndefined)))
    return lines
  }
}
