import Diagnostics
import Imaging
public import NeuralNetwork

/// Explains classes of one picture: one forward run, then as many batches of gradients as are asked for.
///
/// Maps are pure functions of the run's activations and gradients.
public struct Explainer {
  /// What the network says of the picture.
  public let scores: Scores

  let network: Network
  let input: Tensor
  /// What the network's further inputs are given.
  let inputs: [String: Tensor]
  /// Is told before each other picture that the network is asked about; what it throws ends the work.
  let progress: (PictureProgress) throws -> Void
  private let trace: Trace
  private let attention: [AttentionBlock]

  /// Runs the network forward.
  ///
  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed.
  ///   - inputs: a tensor for each of the network's further inputs that need one.
  ///   - layers: every layer that will be asked for.
  ///   - progress: is told before each other picture that the network is asked about; what it throws ends the work.
  /// - Throws: `Diagnostic` where the input has another shape than the network takes, or something in it or in the scores
  ///   is infinite or not a number.
  public init(
    _ network: Network, input: Tensor, inputs: [String: Tensor] = [:], layers: [Layer],
    progress: @escaping (PictureProgress) throws -> Void = { _ in }
  ) throws {
    self.network = network
    self.input = input
    self.inputs = inputs
    self.progress = progress
    attention = network.attentionBlocks
    let head = network.classActivationHead.map { [$0.layer.reference] } ?? []
    trace = try network.forward(
      input, inputs: inputs, keeping: layers.map(\.reference) + head + attention.map(\.weights))
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
    try stride(from: 0, to: classes.count, by: Self.mostTargets).flatMap { start in
      let batch = Array(classes[start..<min(start + Self.mostTargets, classes.count)])
      return try zip(batch, attributions(batch.map(Target.class), cells)).map { classIndex, attributions in
        Explanation(classIndex: classIndex, scores: scores, attributions)
      }
    }
  }

  /// Explains targets that need not be classes, in the order given.
  ///
  /// - Parameters:
  ///   - layers: the target layers of the methods that have one.
  ///   - methods: what is wanted; CAM is of classes alone.
  /// - Throws: `Diagnostic` for a target that does not exist, or that does not depend on a layer.
  public func explain(
    _ targets: [Target], layers: [Layer], methods: some Sequence<Method>
  ) throws -> [TargetExplanation] {
    try explain(targets, Cell.computed(methods, at: layers))
  }

  /// Computes cells for targets, in the order given: as many targets at a time as memory should hold.
  public func explain(_ targets: [Target], _ cells: [Cell]) throws -> [TargetExplanation] {
    try stride(from: 0, to: targets.count, by: Self.mostTargets).flatMap { start in
      let batch = Array(targets[start..<min(start + Self.mostTargets, targets.count)])
      return try zip(batch, attributions(batch, cells)).map { target, attributions in
        TargetExplanation(target: target, value: try trace.value(of: target), attributions: attributions)
      }
    }
  }

  /// How many gradients flow back together: memory stays bounded.
  private static let mostTargets = 16

  private func attributions(_ targets: [Target], _ cells: [Cell]) throws -> [Attributions] {
    let needs = cells.reduce(into: Needs()) { $0.formUnion($1.method.needs) }
    let head = needs.contains(.classActivationHead) ? try network.requiredClassActivationHead() : nil
    let blocks = needs.contains(.attention) ? try attention.required() : []
    let layers = cells.compactMap(\.layer).uniqued()
    let gradients = try gradients(
      of: targets, needs, layers: layers, at: needs.contains(.attentionGradient) ? blocks.map(\.weights) : [])
    // What all targets have in common.
    var common = RunValues()
    common.networkInput = needs.contains(.input) ? input : nil
    let activations = try Dictionary(
      uniqueKeysWithValues: layers.map { ($0, try trace.activation(at: $0).maps($0.arrangement)) })
    let headMaps = try head.map { ($0, try trace.activation(at: $0.layer).maps($0.layer.arrangement)) }
    let attention = try blocks.map { try trace.tensor($0.weights) }
    var answers: [Cell: Answers] = [:]
    for cell in cells {
      guard case .ofPictures(let probe, _) = cell.method.formula else { continue }
      var run = common
      run.activationMaps = cell.layer.flatMap { activations[$0] }
      run.view = cell.layer?.view ?? .whole
      answers[cell] = try self.answers(to: probe, of: cell, run, targets)
    }
    return try targets.enumerated().map { index, target in
      var run = common
      run.plainInputGradient = gradients[.inputGradient]?[index].input
      run.guidedGradient = gradients[.guidedInputGradient]?[index].input
      run.deconvolvedGradient = gradients[.deconvolvedInputGradient]?[index].input
      if case .class(let classIndex) = target, let (head, maps) = headMaps {
        run.classActivation = (head, maps, classIndex)
      } else if head != nil {
        throw Diagnostic.error("“cam” explains classes, and “\(target)” is none.", hint: "Try “grad-cam”.")
      }
      if let grid = blocks.first?.grid {
        run.attentionLayers = AttentionLayers(
          layers: zip(blocks, attention).map { block, weights in
            AttentionLayers.Layer(
              weights, gradient: gradients[.gradient]?[index].tensors[block.weights], size: grid.tokens)
          }, grid: grid)
      }
      if !answers.isEmpty { run.ownScore = try trace.value(of: target) }
      var (computed, causes) = ([Cell: Attribution](), [Cell: Finding]())
      for cell in cells {
        if let layer = cell.layer {
          run.activationMaps = activations[layer]
          run.gradientMaps = gradients[.gradient]?[index].layers[layer].map { $0.maps(layer.arrangement) }
        }
        run.scoresOfPictures = answers[cell]?.scores?[index]
        run.meanGradientOfPictures = answers[cell]?.meanGradients?[index]
        let found: Attribution
        switch cell.method.formula {
        case .ofRun(_, let formula), .ofPictures(_, let formula): found = try formula(run)
        case .of: continue
        }
        computed[cell] = found
        if NonFiniteCount(found.values) != nil { causes[cell] = cause(at: cell.layer, run) }
      }
      return Attributions(computed, inputShape: network.inputShape, causes: causes)
    }
  }

  /// The gradients of each target by what needs them, all in one batch; those at layers and other tensors under `.gradient`.
  private func gradients(
    of targets: [Target], _ needs: Needs, layers: [Layer], at tensors: [TensorReference]
  ) throws -> [Needs: [Gradients]] {
    let rules: [(need: Needs, rule: ReLURule)] = [
      (.guidedInputGradient, .guided), (.deconvolvedInputGradient, .deconvolution),
    ].filter { needs.contains($0.0) }
    var requests = rules.flatMap { rule in targets.map { GradientRequest($0, rule: rule.rule, toInput: true) } }
    let needsPlain = needs.contains(.inputGradient)
    if needsPlain || !layers.isEmpty || !tensors.isEmpty {
      requests += targets.map { GradientRequest($0, toInput: needsPlain, at: tensors, layers: layers) }
    }
    var rest = try trace.gradients(requests)[...]
    var found: [Needs: [Gradients]] = [:]
    for (need, _) in rules {
      found[need] = Array(rest.prefix(targets.count))
      rest = rest.dropFirst(targets.count)
    }
    if !rest.isEmpty { (found[.inputGradient], found[.gradient]) = (Array(rest), Array(rest)) }
    return found
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
