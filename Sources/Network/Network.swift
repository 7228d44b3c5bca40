public import Diagnostics

/// An image classifier that runs forward and backward on the CPU.
///
/// The network is read once for one input shape. It runs one picture at a time and may be used by one task at a time.
public final class Network {
  /// Shape of the input, [1, C, H, W].
  public let inputShape: [Int]
  /// The tensors that can be explained, in the order in which they are computed.
  public let layers: [Layer]
  /// Number of classes.
  public let classCount: Int
  /// The linear layer behind global average pooling, if the network ends in one.
  public let classActivationHead: ClassActivationHead?

  let graph: Graph
  private let head: ClassifierHead
  private let engine: Engine
  private var plan: Plan
  private var kept: Set<Int> = []

  /// Reads an ONNX classifier.
  ///
  /// - Parameters:
  ///   - path: an .onnx file; external data lies beside it.
  ///   - inputShape: [1, C, H, W], or `nil` for the shape that the model states.
  /// - Throws: `DiagnosticList` located at the file: everything that is not supported, at once.
  public init(contentsOfFile path: String, inputShape: [Int]? = nil) throws {
    let graph = try ONNXImporter.graph(at: path) { inputs in
      [try InputShape.resolve(inputs, requested: inputShape)]
    }
    let place = SourceLocation(file: path)
    do {
      let head = try ClassifierHead(graph)
      self.graph = graph
      self.head = head
      self.inputShape = graph.values[graph.inputs[0]].shape
      layers = Layer.all(in: graph, before: head.logits)
      classCount = graph.values[head.logits].shape.elementCount
      classActivationHead = ClassActivationHead(graph, logits: head.logits)
      engine = try Engine()
      plan = Plan(graph, outputs: [head.logits], keeping: [], on: engine)
    } catch let diagnostic as Diagnostic {
      throw DiagnosticList([diagnostic.located(at: place)])
    }
  }

  /// The layer that the network's structure suggests for Grad-CAM, with the reason in words; `nil` where there is none.
  public var defaultLayer: (layer: Layer, reason: String)? {
    DefaultLayer.find(in: graph, logits: head.logits).flatMap { found in
      layers.first { $0.value == found.value }.map { ($0, found.reason) }
    }
  }

  /// The layers by every name that means one: of a node, or of a tensor.
  public var layersByName: [String: Layer] { Layer.byName(layers, in: graph) }

  /// What the guided rule reaches in this network.
  public var guidedRuleCoverage: GuidedRuleCoverage { GuidedRuleCoverage(graph, logits: head.logits) }

  /// The layer that a node or tensor of this name computes.
  ///
  /// - Throws: `Diagnostic` with the nearest name.
  public func layer(named name: String) throws(Diagnostic) -> Layer {
    guard let value = graph.names[name] else {
      let names = layers.flatMap { [$0.name, $0.tensor] }
      throw .error(
        "the network has no layer “\(name)”.",
        hint: Suggestion.nearest(to: name, in: names).map { "Did you mean “\($0)”?" }
          ?? defaultLayer.map { "Try “\($0.layer.name)”, the default." } ?? candidates)
    }
    guard let layer = layers.first(where: { $0.value == value }) else {
      let shape = graph.values[value].shape
      throw .error(
        "layer “\(name)” has shape \(shape.shapeText), which is no stack of maps that the classes depend on.",
        hint: defaultLayer.map { "Try “\($0.layer.name)”." } ?? candidates)
    }
    return layer
  }

  /// Layers to choose from where none suggests itself, as a sentence; `nil` where there are none.
  public var candidates: String? {
    layers.isEmpty ? nil : "Try one of the last: \(layers.suffix(4).map { "“\($0.name)”" }.joined(separator: ", "))."
  }

  /// Runs the network on a picture.
  ///
  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed as the network expects.
  ///   - layers: layers whose activations or gradients will be asked for.
  /// - Throws: `Diagnostic` where the shape is another.
  public func forward(_ input: Tensor, keeping layers: some Sequence<Layer> = []) throws -> Trace {
    guard input.shape == inputShape else {
      throw Diagnostic.error("the network takes \(inputShape.shapeText), not \(input.shape.shapeText).")
    }
    let values = Set(layers.map(\.value))
    if !values.isSubset(of: kept) {
      kept.formUnion(values)
      plan = Plan(graph, outputs: [head.logits], keeping: kept, on: engine)
    }
    let trace = try ActivationTrace(plan, inputs: [graph.inputs[0]: engine.upload(input)], on: engine)
    return try Trace(trace, input: graph.inputs[0], logits: head.logits, engine: engine)
  }
}
