import Diagnostics
import Imaging
public import Network

/// Explains classes of one picture: one forward run, then as many batches of gradients as are asked for.
///
/// Maps are pure functions of the run's activations and gradients.
public struct Explainer {
  /// What the network says of the picture.
  public let scores: Scores

  private let network: Network
  private let trace: Trace

  /// Runs the network forward.
  ///
  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed.
  ///   - layers: every layer that will be asked for.
  /// - Throws: `Diagnostic` where the input has another shape than the network takes, or something in it or in the scores
  ///   is infinite or not a number.
  public init(_ network: Network, input: Tensor, layers: [Layer]) throws {
    self.network = network
    let head = network.classActivationHead.map { [$0.layer] } ?? []
    trace = try network.forward(input, keeping: layers + head)
    scores = Scores(logits: trace.logits, probabilities: trace.probabilities)
    guard let text = scores.logits.nonFiniteText ?? scores.probabilities.nonFiniteText else { return }
    let tensors = try network.nonFiniteTensors(of: input)
    let first = tensors.isEmpty ? "" : " The first to go wrong: \(tensors.map(\.description).joined(separator: "; "))."
    throw Diagnostic.error(
      "the network's list of scores \(text).\(first)",
      hint: "Look at the model there, and whether `scale`, `mean` and `std` are those that it was trained with.")
  }

  /// The picture's logits, one for each class.
  public var logits: [Float] { scores.logits }

  /// Explains classes, in the order given.
  ///
  /// Gradients of up to sixteen classes flow back together; more go in several batches, so that memory stays bounded.
  ///
  /// - Parameters:
  ///   - layers: the target layers of the methods that have one; CAM has its own.
  ///   - methods: what is wanted.
  /// - Throws: `Diagnostic` for a class that does not exist, or for CAM where the network has no head for it.
  public func explain(_ classes: [Int], layers: [Layer], methods: Set<Method>) throws -> [Explanation] {
    let head = methods.contains(.classActivationMap) ? try ClassActivationMap.head(of: network) : nil
    var explanations: [Explanation] = []
    for start in stride(from: 0, to: classes.count, by: 16) {
      let batch = Array(classes[start..<min(start + 16, classes.count)])
      explanations += try explain(
        batch: batch, layers: methods.contains(where: \.needsLayer) ? layers : [], methods: methods, head: head)
    }
    return explanations
  }

  private func explain(
    batch classes: [Int], layers: [Layer], methods: Set<Method>, head: ClassActivationHead?
  ) throws -> [Explanation] {
    let needsGuided = methods.contains(.guidedBackpropagation) || methods.contains(.guidedGradCAM)
    let needsPlain = methods.contains(.gradient)
    let guidedRequests =
      needsGuided ? classes.map { GradientRequest(classIndex: $0, rule: .guided, toInput: true) } : []
    let plainRequests =
      needsPlain || !layers.isEmpty
      ? classes.map { GradientRequest(classIndex: $0, toInput: needsPlain, layers: layers) } : []
    let gradients = try trace.gradients(guidedRequests + plainRequests)
    let plain = Array(gradients.dropFirst(guidedRequests.count))
    let activations = try layers.map { try trace.activation(at: $0) }
    let headActivation = try head.map { try trace.activation(at: $0.layer).maps($0.layer.arrangement) }
    return try classes.enumerated().map { index, classIndex in
      Explanation(
        classIndex: classIndex, scores: scores, gradient: needsPlain ? plain[index].input : nil,
        guidedGradient: needsGuided ? gradients[index].input : nil,
        maps: try zip(layers, activations).map { layer, activation in
          try LayerMap(
            layer: layer, activation: activation, gradient: plain[index].layers[layer] ?? Tensor(shape: layer.shape))
        },
        classActivationMap: try head.flatMap { head in
          try headActivation.map { try ClassActivationMap.map(activation: $0, head: head, classIndex: classIndex) }
        })
    }
  }
}

extension Method {
  /// Whether the method looks at a layer that one can choose.
  public var needsLayer: Bool {
    switch self {
    case .gradCAM, .guidedGradCAM, .counterfactual, .localization: true
    case .gradient, .guidedBackpropagation, .classActivationMap: false
    }
  }
}
