public import Diagnostics
import NeuralNetwork
import Saliency
import Site

/// What `sitegen model check --against` finds: whether a network gives here what somebody’s own model gives in Python.
public struct ModelCheck: Sendable {
  /// What is compared, the network's name and the class first, a line each.
  public let text: String
  /// What is different, and what most likely went wrong.
  public let faults: DiagnosticList

  /// Runs a network on the reference’s input and compares what comes out.
  ///
  /// - Parameters:
  ///   - name: the name of a card, the path of a card, or an .onnx file.
  ///   - path: the reference, a .npz file.
  ///   - layer: the layer of the reference's activation; `nil` for the card's, or the network's default.
  ///   - output: the output or inner tensor that holds the scores, instead of the card's.
  ///   - content: the folder in which card names are looked up.
  ///   - followedLinks: folders outside that links beside the card may lead into.
  /// - Throws: `DiagnosticList` where they cannot be compared at all.
  public init(
    _ name: String, against path: String, layer: String? = nil, output: String? = nil, content: String = "content",
    followedLinks: [String] = []
  ) throws {
    let reference = try ReferenceAnswers(contentsOfFile: path)
    let model = try ModelReference(name, content: content, followedLinks: followedLinks)
    let place = SourceLocation(file: path)
    let sizes = reference.input.shape.count == 4 ? reference.input.shape : nil
    let (loaded, network) = try model.load(openSizes: sizes, output: output, use: try model.ownUse)
    var faults = DiagnosticList()
    if let fault = StandaloneInput.fault(of: reference.input, loaded.facts) {
      throw DiagnosticList([fault.located(at: place)])
    }
    let layer = try model.layer(layer, of: network, isNeeded: reference.hasLayer)
    let run = try ReferenceRun(reference, loaded, network, layer, at: place)
    let comparisons = run.comparisons
    let width = (comparisons.map(\.name.count) + [InputComparison.name.count]).max().map { $0 + 2 } ?? 0
    var lines = ["\(loaded.title) and \(path)" + (run.classText.map { ", \($0)" } ?? "")]
    if let picture = reference.picture {
      let input = try InputComparison(of: picture, as: reference.input, loaded.input)
      lines.append("  " + input.text(padding: width))
      if let fault = try input.fault { faults.append(fault.located(at: model.place ?? place)) }
    }
    lines += comparisons.map { "  " + $0.text(padding: width) }
    lines += run.remarks.map { "  \($0)" }
    text = lines.joined(separator: "\n")
    if let fault = try run.fault { faults.append(fault.located(at: place)) }
    self.faults = faults
  }
}

extension ReferenceAnswers {
  /// Whether it says something of a layer.
  fileprivate var hasLayer: Bool { activation ?? layerGradient != nil }
}

extension ModelReference {
  /// The card's file, where there is one.
  fileprivate var place: SourceLocation? {
    if case .card(let card) = self { card.location } else { nil }
  }

  /// The layer called `name`, or else the card's, or the network's default.
  func layer(_ name: String?, of network: Network, isNeeded: Bool) throws(Diagnostic) -> Layer? {
    var name = name
    if name == nil, case .card(let card) = self { name = card.defaults.layers?.first?.value }
    if let name { return try network.layer(named: name) }
    guard isNeeded else { return nil }
    guard let layer = network.defaultLayer?.layer else {
      throw .error("No layer suggests itself.", hint: "Name the reference’s with --layer. \(network.candidates ?? "")")
    }
    return layer
  }
}
