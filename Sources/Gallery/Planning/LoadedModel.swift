import Diagnostics
import Foundation
import Network
import Saliency
import Site

/// A network as content names it: what is known of it, how its pictures are prepared, and what its classes are called.
struct LoadedModel: Sendable {
  let title: String
  /// The ONNX file.
  let path: String
  let input: InputSpecification
  /// The output that the card chooses.
  let output: String?
  let labels: ClassLabels
  let facts: NetworkFacts
  /// What a reader should know about how the network is run, in full sentences.
  var notes: [String] = []

  /// Reads what a model card describes.
  ///
  /// - Parameters:
  ///   - path: turns a content file into the path that messages show and that can be opened.
  ///   - facts: finds out about the ONNX file at a path, for this input and the output of this name.
  /// - Throws: `DiagnosticList`, each fault at the card's line or in the file that has it.
  init(
    _ card: ModelCard, path: (ContentFile) -> String,
    facts findFacts: (String, InputSpecification, String?) throws -> NetworkFacts
  ) throws {
    title = card.title
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
    guard let specification else { throw faults }
    input = specification
    output = card.output?.value
    facts = try findFacts(file, specification, output)
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

  /// What is known of a bare ONNX file: RGB from 0 to 1, stretched, classes without names.
  init(_ network: Network, file path: String) throws {
    self.path = path
    title = URL(fileURLWithPath: path).lastPathComponent
    let shape = network.inputShape
    input = try InputSpecification(width: shape[3], height: shape[2], channels: shape[1] == 1 ? .gray : .rgb)
    output = nil
    facts = NetworkFacts(network)
    labels = ClassLabels(count: facts.classCount)
    notes = [
      "No model card says how pictures are normalised; RGB from 0 to 1 is assumed, which most networks do not expect."
    ]
  }

  /// The layer that `name` means, or the network's default where there is no name.
  ///
  /// - Returns: the layer, and why it is this one.
  /// - Throws: `Diagnostic` where there is none.
  func layer(_ name: String?) throws -> (layer: Layer, reason: String) {
    if let name {
      // The network itself knows best what is wrong with a name.
      return (try facts.layer(named: name) ?? open().layer(named: name), "Layer \(name) was asked for.")
    }
    guard let layer = facts.defaultLayer, let reason = facts.defaultLayerReason else {
      throw Diagnostic.error(
        "\(title) has no layer that suggests itself.",
        hint: "Name one with `layer:`. \(try open().candidates ?? "")")
    }
    return (layer, "Layer \(layer.name) was chosen because it is \(reason).")
  }

  private func open() throws -> Network { try Network(contentsOfFile: path, inputShape: input.shape, output: output) }
}

extension InputSpecification {
  fileprivate init(_ input: ModelCard.Input) throws(Diagnostic) {
    let resize: Resize =
      switch input.resize {
      case .stretch: .stretch
      case .crop(let side): .crop(shorterSide: side)
      case .pad: .pad
      }
    let channels: Channels =
      switch input.channels {
      case .rgb: .rgb
      case .bgr: .bgr
      case .gray: .gray
      }
    try self.init(
      width: input.width, height: input.height, resize: resize, channels: channels, scale: Float(input.scale),
      mean: input.mean.map { Float($0) }, standardDeviation: input.std.map { Float($0) })
  }
}

extension LoadedModel {
  /// What a reader should know of figures by these methods, in full sentences.
  func notes(for methods: [Saliency.Method]) -> [String] {
    let isGuided = methods.contains(.guidedBackpropagation) || methods.contains(.guidedGradCAM)
    guard isGuided, !facts.guidedRule.others.isEmpty else { return notes }
    return notes + ["The guided rule \(facts.guidedRule); the others keep their plain gradient."]
  }

  /// What the model's page tells of the network.
  var view: ModelView {
    ModelView(
      facts: table,
      layers: facts.layers.map { layer in
        LayerView(
          name: layer.name, operatorType: layer.operatorType,
          shape: layer.arrangement.mapShape(of: layer.shape), isDefault: layer == facts.defaultLayer)
      })
  }

  private var table: [FactView] {
    var lines = [
      FactView(name: "Classes", value: String(facts.classCount)),
      FactView(name: "Parameters", value: facts.parameterCount.formatted(.number.locale(Locale(identifier: "en")))),
      FactView(name: "Operations per picture", value: String(format: "%.2f GFLOP", Double(facts.operations) / 1e9)),
    ]
    if let layer = facts.defaultLayer, let reason = facts.defaultLayerReason {
      lines.append(FactView(name: "Default layer", value: "\(layer.name): \(reason)"))
    }
    lines.append(FactView(name: "Guided rule", value: facts.guidedRule.description))
    lines.append(
      FactView(
        name: "CAM",
        value: facts.classActivationLayer.map { "at \($0)" }
          ?? "not defined: no linear layer behind global average pooling"))
    return lines
  }
}
