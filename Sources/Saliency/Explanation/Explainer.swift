import Imaging
public import Network

/// Explains classes of one picture: one forward run, one batch of gradients, and maps that are pure functions of both.
public struct Explainer {
  /// The picture's logits, one for each class.
  public let logits: [Float]
  /// softmax(logits).
  public let probabilities: [Float]

  private let network: Network
  private let trace: Trace
  private let layers: [Layer]
  private let methods: Set<Method>

  /// Runs the network forward.
  ///
  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed.
  ///   - layers: the target layers of the methods that have one; CAM has its own.
  ///   - methods: what will be asked for.
  /// - Throws: `Diagnostic` where the network cannot do it.
  public init(_ network: Network, input: Tensor, layers: [Layer], methods: Set<Method>) throws {
    var kept = methods.contains(where: \.needsLayer) ? layers : []
    if methods.contains(.classActivationMap) { kept.append(try ClassActivationMap.head(of: network).layer) }
    self.network = network
    self.layers = layers
    self.methods = methods
    trace = try network.forward(input, keeping: kept)
    logits = trace.logits
    probabilities = trace.probabilities
  }

  /// The classes with the highest logits, best first.
  public func topClasses(_ count: Int) -> [Int] {
    Array(logits.indices.sorted { (logits[$0], $1) > (logits[$1], $0) }.prefix(count))
  }

  /// How many classes have a higher logit, plus one.
  public func rank(of classIndex: Int) -> Int {
    logits.count { $0 > logits[classIndex] } + 1
  }

  /// Explains classes, in the order given.
  ///
  /// Gradients of up to sixteen classes flow back together; more go in several batches, so that memory stays bounded.
  ///
  /// - Throws: `Diagnostic` for a class that does not exist.
  public func explain(_ classes: [Int]) throws -> [Explanation] {
    var explanations: [Explanation] = []
    for start in stride(from: 0, to: classes.count, by: 16) {
      explanations += try explainBatch(Array(classes[start..<min(start + 16, classes.count)]))
    }
    return explanations
  }

  private func explainBatch(_ classes: [Int]) throws -> [Explanation] {
    let needsGuided = methods.contains(.guidedBackpropagation) || methods.contains(.guidedGradCAM)
    let needsPlain = methods.contains(.gradient)
    let targets = methods.contains(where: \.needsLayer) ? layers : []
    let guidedRequests =
      needsGuided ? classes.map { GradientRequest(classIndex: $0, rule: .guided, toInput: true) } : []
    let plainRequests =
      needsPlain || !targets.isEmpty
      ? classes.map { GradientRequest(classIndex: $0, toInput: needsPlain, layers: targets) } : []
    let gradients = try trace.gradients(guidedRequests + plainRequests)
    let guided = gradients.prefix(guidedRequests.count)
    let plain = Array(gradients.dropFirst(guidedRequests.count))
    let activations = try targets.map { try trace.activation(at: $0) }
    return try classes.enumerated().map { index, classIndex in
      let maps = try zip(targets, activations).map { layer, activation in
        try LayerMap(
          layer: layer, activation: activation, gradient: plain[index].layers[layer] ?? Tensor(shape: layer.shape))
      }
      return Explanation(
        classIndex: classIndex, logit: logits[classIndex], probability: probabilities[classIndex],
        rank: rank(of: classIndex), gradient: needsPlain ? plain[index].input : nil,
        guidedGradient: needsGuided ? guided[index].input : nil, maps: maps,
        classActivationMap: try classActivationMap(classIndex))
    }
  }

  private func classActivationMap(_ classIndex: Int) throws -> Heatmap? {
    guard methods.contains(.classActivationMap) else { return nil }
    let head = try ClassActivationMap.head(of: network)
    return try ClassActivationMap.map(activation: trace.activation(at: head.layer), head: head, classIndex: classIndex)
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
