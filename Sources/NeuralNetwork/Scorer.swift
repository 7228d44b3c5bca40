internal import Diagnostics

/// Targets as a function of the picture, for methods that look at many pictures and want no gradients: masks, occlusion, curves
/// of deletion.
///
/// Pictures run one after the other through one prepared plan, and each activation is let go after its last reader, so that
/// memory does not grow with the number of pictures. As its network, it may be used by one task at a time.
public final class Scorer {
  /// What is scored, in the order of the scores.
  public let targets: [Target]

  private let network: Network
  private let seeds: [TargetSeed]
  private let plan: Plan
  private let lastReads: [[Int]]
  /// The inputs beside the picture.
  private let further: [String: Tensor]

  init(_ network: Network, _ targets: [Target], _ further: [String: Tensor]) throws {
    self.network = network
    self.targets = targets
    self.further = further
    seeds = try targets.map { target throws(Diagnostic) in try network.targets.seed(of: target) }
    let roots = Set(seeds.map(\.root))
    plan = network.planner.plan(keeping: roots).only(roots, network.graph)
    lastReads = plan.lastReads(keeping: roots)
  }

  /// The scores of each picture, one for each target.
  ///
  /// - Parameter pictures: [1, C, H, W] each, preprocessed; made while they are asked for, they need not all be in memory.
  /// - Returns: for each picture as many numbers as there are targets.
  /// - Throws: `Diagnostic` where a shape is another, or something in a picture is infinite or not a number.
  public func scores(of pictures: some Sequence<Tensor>) throws -> [[Float]] {
    try pictures.map { try scores(of: $0) }
  }

  /// The scores of one picture, one for each target.
  public func scores(of picture: Tensor) throws -> [Float] {
    let run = try ActivationTrace(
      plan, inputs: network.feed(picture, further), on: network.engine, forgetting: lastReads)
    var found: [Int: [Float]] = [:]
    return try seeds.map { seed in
      guard let memory = run.activations[seed.root] else { throw Diagnostic.error("the run has no scores.") }
      let values = try found[seed.root] ?? network.engine.download(memory).values
      found[seed.root] = values
      return seed.value(values)
    }
  }
}

extension Network {
  /// Targets as a function of the picture, prepared for many pictures.
  ///
  /// - Parameter inputs: a tensor for each of the `furtherInputs`, the same for all pictures.
  /// - Throws: `Diagnostic` where there is no such target.
  public func scorer(of targets: [Target], inputs: [String: Tensor] = [:]) throws -> Scorer {
    try Scorer(self, targets, inputs)
  }
}
