import Diagnostics
import Foundation
import Network
import Saliency
import Site

/// A network, how its pictures are prepared, and what its classes are called.
struct LoadedModel {
  let title: String
  let network: Network
  let input: InputSpecification
  let labels: ClassLabels
  /// What a reader should know about how the network is run, in full sentences.
  var notes: [String] = []

  /// Loads what a model card describes.
  ///
  /// - Parameter path: turns a content file into the path that messages show and that can be opened.
  /// - Throws: `DiagnosticList`, each fault at the card's line or in the file that has it.
  init(_ card: ModelCard, path: (ContentFile) -> String) throws {
    title = card.title
    let file = path(card.file.value)
    guard FileManager.default.fileExists(atPath: file) else {
      throw DiagnosticList([
        .error(
          "The model file “\(card.file.value.path)” is not there.", at: card.file.location,
          hint: card.source.map { "Download \($0.url.absoluteString) to that place." })
      ])
    }
    var faults = DiagnosticList()
    let specification = try faults.collect(at: card.location) { try InputSpecification(card.input) }
    guard let specification else { throw faults }
    input = specification
    network = try Network(contentsOfFile: file, inputShape: specification.shape)
    guard let labelFile = card.labels?.value else {
      labels = ClassLabels(count: network.classCount)
      return
    }
    do throws(Diagnostic) {
      labels = try ClassLabels(contentsOfFile: path(labelFile), classCount: network.classCount)
    } catch {
      throw DiagnosticList([error])
    }
  }

  /// Loads a bare ONNX file: RGB from 0 to 1, stretched, classes without names.
  ///
  /// - Throws: `DiagnosticList` located at the file.
  init(onnxFile path: String) throws {
    network = try Network(contentsOfFile: path)
    title = URL(fileURLWithPath: path).lastPathComponent
    let shape = network.inputShape
    input = try InputSpecification(width: shape[3], height: shape[2], channels: shape[1] == 1 ? .gray : .rgb)
    labels = ClassLabels(count: network.classCount)
    notes = [
      "No model card says how pictures are normalised; RGB from 0 to 1 is assumed, which most networks do not expect."
    ]
  }

  /// The layer that `name` means, or the network's default where there is no name.
  ///
  /// - Returns: the layer, and why it is this one.
  /// - Throws: `Diagnostic` where there is none.
  func layer(_ name: String?) throws(Diagnostic) -> (layer: Layer, reason: String) {
    if let name { return (try network.layer(named: name), "Layer \(name) was asked for.") }
    guard let found = network.defaultLayer else {
      throw .error(
        "\(title) has no layer that suggests itself.", hint: "Name one with `layer:`. \(network.candidates ?? "")")
    }
    return (found.layer, "Layer \(found.layer.name) was chosen because it is \(found.reason).")
  }
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
    guard isGuided, !network.guidedRuleCoverage.others.isEmpty else { return notes }
    return notes + ["The guided rule \(network.guidedRuleCoverage); the others keep their plain gradient."]
  }

  /// What the model's page tells of the network.
  var view: ModelView {
    let found = network.defaultLayer?.layer
    return ModelView(
      facts: facts,
      layers: network.layers.map { layer in
        LayerView(
          name: layer.name, operatorType: layer.operatorType,
          shape: layer.arrangement.mapShape(of: layer.shape), isDefault: layer == found)
      })
  }

  private var facts: [FactView] {
    var facts = [
      FactView(name: "Classes", value: String(network.classCount)),
      FactView(name: "Parameters", value: network.parameterCount.formatted(.number.locale(Locale(identifier: "en")))),
      FactView(
        name: "Operations per picture",
        value: String(format: "%.2f GFLOP", Double(network.floatingPointOperations) / 1e9)),
    ]
    if let found = network.defaultLayer {
      facts.append(FactView(name: "Default layer", value: "\(found.layer.name): \(found.reason)"))
    }
    facts.append(FactView(name: "Guided rule", value: network.guidedRuleCoverage.description))
    facts.append(
      FactView(
        name: "CAM",
        value: network.classActivationHead.map { "at \($0.layer.name)" }
          ?? "not defined: no linear layer behind global average pooling"))
    return facts
  }
}
