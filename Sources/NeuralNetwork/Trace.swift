import Diagnostics

/// One forward run of a network: what it computed, and the way back from it.
public final class Trace {
  /// y^c, the score of each class before any softmax or sigmoid; −y and y where the network has a single score, 1 − p and p
  /// where that is a probability. Empty where the network is no classifier.
  public let logits: [Float]

  private let trace: ActivationTrace
  /// The values that may be asked for.
  private let kept: Set<Int>
  private let targets: TargetResolver
  private let engine: Engine
  private var graph: Graph { targets.graph }

  init(_ trace: ActivationTrace, kept: Set<Int>, targets: TargetResolver, engine: Engine) throws {
    self.trace = trace
    self.kept = kept
    self.targets = targets
    self.engine = engine
    guard case .success(let head) = targets.head else {
      logits = []
      return
    }
    guard let memory = trace.activations[head.logits] else { throw Diagnostic.error("the run has no scores.") }
    let scores = try engine.download(memory).values
    logits = !head.isSingle ? scores : [head.scores == .probability ? 1 - scores[0] : -scores[0], scores[0]]
  }

  /// Between 0 and 1: softmax(logits), with sum 1, or a sigmoid of each logit; the logits themselves where they are
  /// probabilities already. Empty where the network is no classifier.
  ///
  /// Where the graph does not say how scores become probabilities, scores from 0 to 1 with sum 1 are taken for some.
  public var probabilities: [Float] { (try? targets.head.get())?.probabilities(logits) ?? [] }

  // MARK: - What was computed

  /// y, the value of a target.
  ///
  /// - Throws: `Diagnostic` where there is no such target, or its tensor was not kept.
  public func value(of target: Target) throws -> Float {
    let seed = try targets.seed(of: target)
    return seed.value(try engine.download(kept(seed.root)).values)
  }

  /// What the run computed of a tensor, in the tensor's shape.
  ///
  /// - Throws: `Diagnostic` where the tensor was not kept in the forward run.
  public func tensor(_ reference: TensorReference) throws -> Tensor {
    try engine.download(kept(graph.value(of: reference)))
  }

  /// What the run computed of a tensor, by its name or its node's.
  ///
  /// - Throws: `Diagnostic` where there is none, or it was not kept in the forward run.
  public func tensor(named name: String) throws -> Tensor { try tensor(graph.reference(named: name)) }

  /// A^k, the activation at a layer, in the layer's shape.
  ///
  /// - Throws: `Diagnostic` where the layer was not kept in the forward run.
  public func activation(at layer: Layer) throws -> Tensor {
    try engine.download(kept(graph.value(of: layer.reference), layer))
  }

  private func kept(_ value: Int, _ layer: Layer? = nil) throws(Diagnostic) -> Memory {
    guard kept.contains(value), let memory = trace.activations[value] else {
      throw layer.map {
        .error("layer “\($0.name)” was not kept in the forward run.", hint: "Try to name it among the layers to keep.")
      }
        ?? .error(
          "tensor “\(graph.values[value].name)” was not kept in the forward run.",
          hint: "Try to name it among the tensors to keep, or among the outputs when the model is loaded.")
    }
    return memory
  }

  // MARK: - The way back

  /// Runs gradients back from targets: those that begin in one tensor, as classes do, in one batch.
  ///
  /// Those that only go to inner tensors stop at the shallowest of them.
  ///
  /// - Returns: what each request asked for, in order. A gradient is zero where the target depends on the tensor by steps and
  ///   counts alone.
  /// - Throws: `Diagnostic` for a target that does not exist, a tensor that was not kept in the forward run, or one on which the
  ///   target does not depend.
  public func gradients(_ requests: [GradientRequest]) throws -> [Gradients] {
    let seeds = try requests.map { request throws(Diagnostic) in try targets.seed(of: request.target) }
    var results = [Gradients](repeating: Gradients(), count: requests.count)
    // A root at a time: zeros that went back from another root might meet an infinite derivative there.
    for root in Set(seeds.map(\.root)).sorted() {
      _ = try kept(root)
      let ancestors = graph.ancestors(of: root)
      let members = requests.indices.filter { seeds[$0].root == root }
      for request in members.map({ requests[$0] }) { try check(request, ancestors) }
      // What goes all the way comes first, so that the rest can be dropped from the batch on the way.
      let order = members.sorted { a, b in requests[a].toInput && !requests[b].toInput }
      let found = try gradients(order.map { (requests[$0], seeds[$0]) }, from: root)
      for (index, gradients) in zip(order, found) { results[index] = gradients }
    }
    return results
  }

  /// - Throws: `Diagnostic` where the request names a tensor that was not kept, or that its target does not depend on.
  private func check(_ request: GradientRequest, _ ancestors: Set<Int>) throws(Diagnostic) {
    for (place, layer) in request.places {
      let value = try graph.value(of: place)
      _ = try kept(value, layer)
      guard ancestors.contains(value) else {
        throw .error(
          "“\(request.target)” does not depend on “\(place.name)”, so that there is no gradient.",
          hint: "Choose a tensor that is computed on the way to it.")
      }
    }
    guard request.toInput, !ancestors.contains(graph.inputs[0]) else { return }
    throw .error(
      "“\(request.target)” does not depend on the picture, so that there is no gradient.",
      hint: "Choose a target that does.")
  }

  /// The gradients of requests whose targets begin in one tensor, those to the input first.
  private func gradients(_ requests: [(GradientRequest, TargetSeed)], from root: Int) throws -> [Gradients] {
    let shape = graph.values[root].shape
    var seeds = Tensor(shape: shape.batched(requests.count))
    for (index, request) in requests.enumerated() {
      request.1.write(to: &seeds.values, at: index * shape.elementCount)
    }
    var wanted: [Int: Int] = [:]
    for (index, request) in requests.enumerated() {
      for place in request.0.places { wanted[place.0.value] = index + 1 }
    }
    let input = graph.inputs[0]
    let deepCount = requests.count { $0.0.toInput }
    if deepCount > 0 { wanted[input] = max(wanted[input] ?? 0, deepCount) }
    let run = BackwardRun(
      root: root, gradient: engine.upload(seeds), rules: requests.map(\.0.rule), targets: wanted)
    let found = try run.gradients(in: trace, on: engine)
    return try requests.enumerated().map { index, request in
      func gradient(at value: Int) throws -> Tensor {
        let shape = graph.values[value].shape
        guard let batch = found[value] else { return Tensor(shape: shape) }
        // What goes on to a tensor further down passes here too.
        let count = batch.shape.elementCount / shape.elementCount
        return Tensor(shape: shape, try engine.download(batch.part(index, of: count)).values)
      }
      var result = Gradients()
      if request.0.toInput {
        let plain = try gradient(at: input)
        result.input = graph.takesChannelsLast ? try engine.channelsFirst(plain) : plain
      }
      for tensor in request.0.tensors { result.tensors[tensor] = try gradient(at: tensor.value) }
      for layer in request.0.layers { result.layers[layer] = try gradient(at: layer.value) }
      return result
    }
  }
}

extension Engine {
  /// [1, H, W, C] as [1, C, H, W].
  fileprivate func channelsFirst(_ tensor: Tensor) throws -> Tensor {
    try download(permute(upload(tensor), [0, 3, 1, 2]))
  }
}
