import Diagnostics
import Imaging
public import NeuralNetwork

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
    guard let count = NonFiniteCount(scores.logits) ?? NonFiniteCount(scores.probabilities) else { return }
    let tensors = try network.nonFiniteTensors(of: input)
    let first = tensors.isEmpty ? "" : " The first to go wrong: \(tensors.map(\.description).joined(separator: "; "))."
    throw Diagnostic.error(
      "the network's list of scores \(count).\(first)",
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
  public func explain(
    _ classes: [Int], layers: [Layer], methods: some Sequence<Method>
  ) throws -> [Explanation] {
    try explain(classes, Cell.computed(methods, at: layers))
  }

  /// Computes cells for classes, in the order given: as many classes at a time as memory should hold.
  public func explain(_ classes: [Int], _ cells: [Cell]) throws -> [Explanation] {
    let needs = cells.reduce(into: Needs()) { $0.formUnion($1.method.needs) }
    let head = needs.contains(.classActivationHead) ? try network.requiredClassActivationHead() : nil
    return try stride(from: 0, to: classes.count, by: 16).flatMap { start in
      try explain(batch: Array(classes[start..<min(start + 16, classes.count)]), cells, needs, head)
    }
  }

  private func explain(
    batch classes: [Int], _ cells: [Cell], _ needs: Needs, _ head: ClassActivationHead?
  ) throws -> [Explanation] {
    let layers = cells.compactMap(\.layer).uniqued()
    let (needsGuided, needsPlain) = (needs.contains(.guidedInputGradient), needs.contains(.inputGradient))
    let guidedRequests =
      needsGuided ? classes.map { GradientRequest(classIndex: $0, rule: .guided, toInput: true) } : []
    let plainRequests =
      needsPlain || !layers.isEmpty
      ? classes.map { GradientRequest(classIndex: $0, toInput: needsPlain, layers: layers) } : []
    let gradients = try trace.gradients(guidedRequests + plainRequests)
    let plain = Array(gradients.dropFirst(guidedRequests.count))
    let activations = try Dictionary(
      uniqueKeysWithValues: layers.map { ($0, try trace.activation(at: $0).maps($0.arrangement)) })
    let headMaps = try head.map { ($0, try trace.activation(at: $0.layer).maps($0.layer.arrangement)) }
    return try classes.enumerated().map { index, classIndex in
      var run = RunValues(classIndex: classIndex)
      run.plainInputGradient = needsPlain ? plain[index].input : nil
      run.guidedGradient = needsGuided ? gradients[index].input : nil
      run.classActivation = headMaps
      var (computed, causes) = ([Cell: Attribution](), [Cell: Finding]())
      for cell in cells {
        if let layer = cell.layer {
          run.activationMaps = activations[layer]
          run.gradientMaps = plain[index].layers[layer].map { $0.maps(layer.arrangement) }
        }
        guard case .ofRun(_, let formula) = cell.method.formula else { continue }
        let found = try formula(run)
        computed[cell] = found
        if NonFiniteCount(found.values) != nil { causes[cell] = cause(at: cell.layer, run) }
      }
      return Explanation(
        classIndex: classIndex, scores: scores, inputShape: network.inputShape, computed: computed, causes: causes)
    }
  }

  /// Why a map is not finite, where it can be told.
  private func cause(at layer: Layer?, _ run: RunValues) -> Finding? {
    guard let layer else { return nil }
    return run.gradientMaps.flatMap { NonFiniteCount($0.values) }.map { .gradientIsNotFinite(layer: layer.name, $0) }
      ?? run.activationMaps.flatMap { NonFiniteCount($0.values) }.map { .activationIsNotFinite(layer: layer.name, $0) }
  }
}

extension [Layer] {
  /// Each once, in the order in which they are first met.
  fileprivate func uniqued() -> [Layer] {
    var known: Set<Layer> = []
    return filter { known.insert($0).inserted }
  }
}
