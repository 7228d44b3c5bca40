public import Diagnostics

/// An image classifier that runs forward and backward on the CPU.
///
/// The network is read once for one input shape. It runs one picture at a time and may be used by one task at a time.
public final class Network {
  /// Shape of the input, [1, C, H, W].
  public let inputShape: [Int]
  /// The tensors that can be explained, in the order in which they are computed.
  public let layers: [Layer]
  /// How many pictures the file takes at a time, if that is fixed; here it is one.
  public let statedBatch: Int?
  /// What the file takes its input as; all that is given to `forward` is float32.
  public let inputElementType: InputElementType
  /// Number of classes; 2 for a network with a single score.
  public let classCount: Int
  /// How scores become probabilities.
  public let scores: ScoreFunction
  /// The names of the model's outputs.
  public let outputNames: [String]
  /// The name of the output, or of the tensor inside the model, that is explained.
  public var outputName: String { graph.outputs[0].name }
  /// Why it is this output, to be read behind “because”; `nil` where it was named, or is the only one.
  public let outputReason: String?
  /// Other outputs that might have been taken for scores as well.
  public let outputAlternatives: [String]
  /// The name of the input.
  public var inputName: String { graph.values[graph.inputs[0]].name }
  /// Whether the model itself takes [1, H, W, C].
  public var takesChannelsLast: Bool { graph.takesChannelsLast }
  /// The operator that was taken off the end, such as `Softmax`, if there was one.
  public var removedActivation: String? { head.removed }
  /// Whether nothing in the model says that scores become probabilities as `scores` has it.
  public var scoresAreAssumed: Bool { head.isAssumed }
  /// The linear layer behind global average pooling, if the network ends in one.
  public let classActivationHead: ClassActivationHead?

  let graph: Graph
  private let head: ClassifierHead
  let engine: Engine
  private(set) var plan: Plan
  private var kept: Set<Int> = []

  /// Reads an ONNX classifier.
  ///
  /// - Parameters:
  ///   - path: an .onnx file; external data lies beside it.
  ///   - inputShape: [1, C, H, W], or `nil` for the shape that the model states. A model that takes channels last,
  ///     [1, H, W, C], is fed and read in its own order.
  ///   - openSizes: [1, C, H, W] to take the sizes from that the model leaves open and `inputShape` does not give.
  ///   - output: the output to explain, or a tensor inside the model, by its name or by that of its node; or `nil` for the
  ///     one that is plainly the list of scores.
  /// - Throws: `DiagnosticList` located at the file: everything that is not supported, at once; or the outputs that may be
  ///   scores, where none is plainly it.
  public init(
    contentsOfFile path: String, inputShape: [Int]? = nil, openSizes: [Int]? = nil, output: String? = nil
  ) throws {
    let place = SourceLocation(file: path)
    do {
      let model = try ImportedModel(path, inputShape: inputShape, openSizes: openSizes, output: output)
      let (graph, input) = (model.graph, model.input)
      let head = try ClassifierHead(graph)
      outputReason = model.outputReason
      outputAlternatives = model.outputAlternatives
      outputNames = model.outputNames
      self.graph = graph
      self.head = head
      self.inputShape = input?.shape ?? graph.values[graph.inputs[0]].shape
      statedBatch = input?.statedBatch
      inputElementType = input?.elementType ?? .float32
      layers = Layer.all(in: graph, before: head.logits)
      scores = head.scores
      classCount = head.classCount(graph)
      classActivationHead = ClassActivationHead(graph, head)
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
      let names = layers.filter(\.isMap).flatMap { [$0.name, $0.tensor] }
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
    let maps = layers.filter(\.isMap).suffix(4)
    return maps.isEmpty ? nil : "Try one of the last: \(maps.map { "“\($0.name)”" }.joined(separator: ", "))."
  }

  /// The value of the scores.
  var logitsValue: Int { head.logits }

  /// The input in memory, in the order in which the graph takes it.
  func feed(_ input: Tensor) throws -> Memory {
    let pixels = engine.upload(input)
    return graph.takesChannelsLast ? try engine.permute(pixels, [0, 2, 3, 1]) : pixels
  }

  /// Runs the network on a picture.
  ///
  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed as the network expects.
  ///   - layers: layers whose activations or gradients will be asked for.
  /// - Throws: `Diagnostic` where the shape is another, or something is infinite or not a number.
  public func forward(_ input: Tensor, keeping layers: some Sequence<Layer> = []) throws -> Trace {
    guard input.shape == inputShape else {
      throw Diagnostic.error("the network takes \(inputShape.shapeText), not \(input.shape.shapeText).")
    }
    if let position = input.values.firstIndex(where: { !$0.isFinite }) {
      throw Diagnostic.error(
        "element \(position) of the network's input is \(input.values[position]), no finite number.")
    }
    let values = Set(layers.map(\.value))
    if !values.isSubset(of: kept) {
      kept.formUnion(values)
      plan = Plan(graph, outputs: [head.logits], keeping: kept, on: engine)
    }
    let trace = try ActivationTrace(plan, inputs: [graph.inputs[0]: feed(input)], on: engine)
    return try Trace(
      trace, input: graph.inputs[0], isChannelsLast: graph.takesChannelsLast, head: head, engine: engine)
  }
}
