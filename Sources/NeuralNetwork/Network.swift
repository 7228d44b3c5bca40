public import Diagnostics

/// A network that reads a picture, forward and backward on the CPU: an image classifier, or any other of whose outputs
/// something is explained.
///
/// The network is read once for one input shape. It runs one picture at a time and may be used by one task at a time.
public final class Network {
  /// Shape of the picture, [1, C, H, W].
  public let inputShape: [Int]
  /// The tensors that can be explained, in the order in which they are computed.
  public let layers: [Layer]
  /// How many pictures the file takes at a time, if that is fixed; here it is one.
  public let statedBatch: Int?
  /// What the file takes its input as; all that is given to `forward` is float32.
  public let inputElementType: InputElementType
  /// The shapes of the inputs that each forward run is given beside the picture.
  public let furtherInputs: [String: [Int]]
  /// Number of classes; 2 for a network with a single score, 0 for one that is no classifier.
  public let classCount: Int
  /// How the scores of a classifier become probabilities.
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
  public var removedActivation: String? { head?.removed }
  /// Whether nothing in the model says that scores become probabilities as `scores` has it.
  public var scoresAreAssumed: Bool { head?.isAssumed ?? true }
  /// The linear layer behind global average pooling, if the network ends in one.
  public let classActivationHead: ClassActivationHead?

  /// The layers of attention between all tokens of the picture, in the order in which they are computed: wherever a softmax over
  /// T of T tokens, head by head, is multiplied by something that depends on the picture too.
  ///
  /// Attention within windows is none of them, nor is that to fewer tokens than there are.
  public private(set) lazy var attentionBlocks = AttentionBlock.all(in: graph, before: roots)

  let graph: Graph
  let engine: Engine
  let targets: TargetResolver
  /// The values that every run leaves: the scores, or the outputs that were asked for and what is in front of their softmax.
  let roots: Set<Int>
  let planner: Planner
  private var head: ClassifierHead? { try? targets.head.get() }

  /// Reads an ONNX model: a classifier, unless `outputs` says what else is wanted.
  ///
  /// - Parameters:
  ///   - path: an .onnx file; external data lies beside it.
  ///   - inputShape: [1, C, H, W], or `nil` for the shape that the model states. A model that takes channels last,
  ///     [1, H, W, C], is fed and read in its own order.
  ///   - openSizes: [1, C, H, W] to take the sizes from that the model leaves open and `inputShape` does not give.
  ///   - output: the output to explain, or a tensor inside the model, by its name or by that of its node; or `nil` for the
  ///     one that is plainly the list of scores.
  ///   - outputs: every output, or tensor inside the model, of which something will be explained. The model need then be no
  ///     classifier; where one of them is plainly the list of scores, it is one all the same.
  ///   - inputs: what the model's inputs other than the picture are given, by name.
  ///   - weights: what stands in the place of each float32 tensor of the file's initializers that the network reads, by its
  ///     name and in its shape; asked once for each, in the order in which the network reads them.
  /// - Throws: `DiagnosticList` located at the file: everything that is not supported, at once; or the outputs that may be
  ///   scores, where none is plainly it. What `weights` throws.
  public init(
    contentsOfFile path: String, inputShape: [Int]? = nil, openSizes: [Int]? = nil, output: String? = nil,
    outputs: [String] = [], inputs: [String: FurtherInput] = [:],
    weights: ((_ name: String, _ weights: Tensor) throws -> Tensor)? = nil
  ) throws {
    let place = SourceLocation(file: path)
    do {
      let model = try ImportedModel(
        path,
        ReadingOptions(
          inputShape: inputShape, openSizes: openSizes, output: output, outputs: outputs, inputs: inputs,
          weights: weights.map(ReplacedWeights.init)))
      let (graph, input) = (model.graph, model.input)
      let head = try? model.head.get()
      let targets = TargetResolver(graph, head: model.head, outputNames: model.outputNames)
      let roots = try targets.roots(of: outputs)
      outputReason = model.outputReason
      outputAlternatives = model.outputAlternatives
      outputNames = model.outputNames
      self.graph = graph
      (self.targets, self.roots) = (targets, roots)
      self.inputShape = input?.shape ?? graph.values[graph.inputs[0]].shape
      statedBatch = input?.statedBatch
      inputElementType = input?.elementType ?? .float32
      furtherInputs = inputs.compactMapValues { if case .shape(let shape) = $0 { shape } else { nil } }
      layers = Layer.all(in: graph, before: roots)
      scores = head?.scores ?? .softmax
      classCount = head?.classCount(graph) ?? 0
      classActivationHead = head.flatMap { ClassActivationHead(graph, $0) }
      engine = try Engine()
      planner = Planner(graph, outputs: roots, on: engine)
    } catch let diagnostic as Diagnostic {
      throw DiagnosticList([diagnostic.located(at: place)])
    }
  }

  /// The layer that the network's structure suggests for Grad-CAM, with the reason; `nil` where there is none.
  public var defaultLayer: (layer: Layer, reason: LayerReason)? { head.flatMap { defaultLayer(before: $0.logits) } }

  /// The layer that the network's structure suggests for Grad-CAM of a target, with the reason; `nil` where there
  /// is none.
  ///
  /// - Throws: `Diagnostic` where there is no such target.
  public func defaultLayer(for target: Target) throws(Diagnostic) -> (layer: Layer, reason: LayerReason)? {
    defaultLayer(before: try targets.seed(of: target).root)
  }

  private func defaultLayer(before root: Int) -> (layer: Layer, reason: LayerReason)? {
    DefaultLayer.find(in: graph, logits: root).flatMap { found in
      layers.first { $0.value == found.value }.map { ($0, found.reason) }
    }
  }

  /// The layers by every name that means one: of a node, or of a tensor.
  public var layersByName: [String: Layer] { Layer.byName(layers, in: graph) }

  /// What the guided rule reaches in this network.
  public var guidedRuleCoverage: GuidedRuleCoverage { GuidedRuleCoverage(graph, before: roots) }

  /// Every tensor that can be kept, read and differentiated, in the order in which they are computed.
  public var tensors: [TensorReference] { graph.references }

  /// The tensor that a node or tensor of this name computes: an input, an output, or one in between.
  ///
  /// - Throws: `Diagnostic` with the nearest name.
  public func tensor(named name: String) throws(Diagnostic) -> TensorReference { try graph.reference(named: name) }

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
      // Channels come first or last; the other two are the map's sides.
      let hasOneCell = shape.count == 4 && (shape[2...].allSatisfy { $0 == 1 } || shape[1...2].allSatisfy { $0 == 1 })
      if hasOneCell {
        throw .error(
          "layer “\(name)” has shape \(shape.shapeText), one cell for the whole picture: there and behind it nothing is spatial.",
          hint: defaultLayer.map { "Try “\($0.layer.name)”, before the pooling." } ?? candidates)
      }
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

  /// The probabilities of a classifier's logits: between 0 and 1, with sum 1 where one class is right.
  public func probabilities(of logits: [Float]) -> [Float] { head?.probabilities(logits) ?? [] }

  /// Runs the network on a picture.
  ///
  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed as the network expects.
  ///   - inputs: a tensor for each of the `furtherInputs`.
  ///   - tensors: tensors whose activations or gradients will be asked for; outputs and inputs are always kept.
  /// - Throws: `Diagnostic` where a shape is another, or something is infinite or not a number.
  public func forward(
    _ input: Tensor, inputs: [String: Tensor] = [:], keeping tensors: [TensorReference] = []
  ) throws -> Trace {
    let memories = try feed(input, inputs)
    let values = Set(try tensors.map { tensor throws(Diagnostic) in try graph.value(of: tensor) })
    let trace = try ActivationTrace(planner.plan(keeping: values), inputs: memories, on: engine)
    return try Trace(trace, kept: values.union(roots).union(graph.inputs), targets: targets, engine: engine)
  }

  /// Runs the network on a picture, with layers kept.
  public func forward(
    _ input: Tensor, inputs: [String: Tensor] = [:], keeping layers: some Sequence<Layer>
  ) throws -> Trace {
    try forward(input, inputs: inputs, keeping: layers.map(\.reference))
  }
}
