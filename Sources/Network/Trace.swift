import Diagnostics
import Foundation

/// One forward run of a network: the logits, and the way back from them.
public final class Trace {
  /// y^c, the score of each class before any softmax or sigmoid; −y and y where the network has a single score, 1 − p and p
  /// where that is a probability.
  public let logits: [Float]

  private let trace: ActivationTrace
  private let input: Int
  /// Whether the graph has its input as [1, H, W, C].
  private let isChannelsLast: Bool
  private let head: ClassifierHead
  private let engine: Engine

  init(_ trace: ActivationTrace, input: Int, isChannelsLast: Bool, head: ClassifierHead, engine: Engine) throws {
    self.trace = trace
    self.input = input
    self.isChannelsLast = isChannelsLast
    self.head = head
    self.engine = engine
    guard let memory = trace.activations[head.logits] else { throw Diagnostic.error("the run has no scores.") }
    let scores = try engine.download(memory).values
    logits = !head.isSingle ? scores : [head.scores == .probability ? 1 - scores[0] : -scores[0], scores[0]]
  }

  /// Between 0 and 1: softmax(logits), with sum 1, or a sigmoid of each logit; the logits themselves where they are
  /// probabilities already.
  ///
  /// Where the graph does not say how scores become probabilities, scores from 0 to 1 with sum 1 are taken for some.
  public var probabilities: [Float] {
    let mayBeSome = head.scores == .softmax && head.isAssumed
    return mayBeSome && logits.areDistribution ? logits : head.scores.probabilities(logits)
  }

  /// A^k, the activation at a layer, in the layer's shape.
  ///
  /// - Throws: `Diagnostic` where the layer was not kept in the forward run.
  public func activation(at layer: Layer) throws -> Tensor { try engine.download(kept(layer)) }

  private func kept(_ layer: Layer) throws(Diagnostic) -> Memory {
    guard let memory = trace.activations[layer.value], memory.shape == layer.shape else {
      throw .error(
        "layer “\(layer.name)” was not kept in the forward run.", hint: "Try to name it among the layers to keep.")
    }
    return memory
  }

  /// Runs gradients back from the logits, all in one batch.
  ///
  /// Those that only go to layers stop at the shallowest of them.
  ///
  /// - Returns: what each request asked for, in order.
  /// - Throws: `Diagnostic` for a class that does not exist, or a layer that was not kept in the forward run.
  public func gradients(_ requests: [GradientRequest]) throws -> [Gradients] {
    for request in requests where !logits.indices.contains(request.classIndex) {
      throw Diagnostic.error("the network has no class \(request.classIndex); it has \(logits.count) classes.")
    }
    for layer in requests.flatMap(\.layers) { _ = try kept(layer) }
    guard !requests.isEmpty else { return [] }
    // What goes all the way comes first, so that the rest can be dropped from the batch on the way.
    let order = requests.indices.sorted { a, b in requests[a].toInput && !requests[b].toInput }
    let sorted = order.map { requests[$0] }
    let seeds = seeds(of: sorted.map(\.classIndex))
    var targets: [Int: Int] = [:]
    for layer in sorted.flatMap(\.layers) {
      targets[layer.value] = (sorted.lastIndex { $0.layers.contains(layer) } ?? 0) + 1
    }
    let deepCount = sorted.count(where: \.toInput)
    if deepCount > 0 { targets[input] = deepCount }
    let run = BackwardRun(
      root: head.logits, gradient: engine.upload(seeds), rules: sorted.map(\.rule), targets: targets)
    let found = try run.gradients(in: trace, on: engine)
    var results = [Gradients](repeating: Gradients(), count: requests.count)
    for (position, original) in order.enumerated() {
      if requests[original].toInput {
        let gradient = try tensor(found[input], at: position, of: targets[input] ?? 0, value: input)
        results[original].input = isChannelsLast ? try engine.channelsFirst(gradient) : gradient
      }
      for layer in requests[original].layers {
        results[original].layers[layer] = try tensor(
          found[layer.value], at: position, of: targets[layer.value] ?? 0, value: layer.value)
      }
    }
    return results
  }

  /// ∂y^c/∂y of each class, one behind the other: 1 at its score, or −1 for class 0 of a single score.
  private func seeds(of classes: [Int]) -> Tensor {
    let shape = trace.activations[head.logits]?.shape ?? [1, logits.count]
    let count = shape.elementCount
    var seeds = Tensor(shape: shape.batched(classes.count))
    for (index, classIndex) in classes.enumerated() {
      if head.isSingle {
        seeds.values[index] = classIndex == 1 ? 1 : -1
      } else {
        seeds.values[index * count + classIndex] = 1
      }
    }
    return seeds
  }

  /// Gradient `index` of a batch; zero where the logits do not depend on the value.
  private func tensor(_ batch: Memory?, at index: Int, of count: Int, value: Int) throws -> Tensor {
    guard let batch else {
      guard let shape = trace.activations[value]?.shape else {
        throw Diagnostic.error("the run has kept nothing of a tensor at which a gradient is asked for.")
      }
      return Tensor(shape: shape)
    }
    return try engine.download(batch.part(index, of: count))
  }
}

extension Engine {
  /// [1, H, W, C] as [1, C, H, W].
  fileprivate func channelsFirst(_ tensor: Tensor) throws -> Tensor {
    try download(permute(upload(tensor), [0, 3, 1, 2]))
  }
}

/// One gradient to compute: of which class, by which rule, and where to.
public struct GradientRequest: Hashable, Sendable {
  /// c, counted from 0.
  public let classIndex: Int
  /// How rectifiers let the gradient through.
  public let rule: ReLURule
  /// Whether the gradient at the input is wanted.
  public let toInput: Bool
  /// The layers at which it is wanted.
  public let layers: [Layer]

  /// Creates a request.
  public init(classIndex: Int, rule: ReLURule = .standard, toInput: Bool = false, layers: [Layer] = []) {
    self.classIndex = classIndex
    self.rule = rule
    self.toInput = toInput
    self.layers = layers
  }
}

/// ∂y^c at the places that a request named.
public struct Gradients: Equatable, Sendable {
  /// [1, C, H, W], if asked for.
  public internal(set) var input: Tensor?
  /// In the layer's shape, for each layer asked for.
  public internal(set) var layers: [Layer: Tensor] = [:]
}
