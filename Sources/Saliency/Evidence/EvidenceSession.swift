import Diagnostics
public import Imaging
public import NeuralNetwork

/// Measures the evidence of the maps of one picture, of several targets at once.
public struct EvidenceSession {
  /// A method at a layer, whose maps are measured.
  public struct Subject {
    /// The method, and the layer if it looks at one.
    public let cell: Cell
    /// The part of the picture that its maps lie over.
    let view: FieldOfView

    /// - Parameters:
    ///   - method: one that yields a map or a tensor.
    ///   - view: the part of the picture that the map lies over.
    public init(_ method: Method, at layer: Layer?, over view: FieldOfView) {
      cell = Cell(method, at: layer)
      self.view = view
    }

    /// Its map of one target, of the input's size; `nil` where it shows nothing.
    ///
    /// - Parameter input: the shape of the network's input, [1, C, H, W].
    public func map(of found: Attributions, input: [Int]) throws -> Heatmap? {
      try found.attribution(cell.method, at: cell.layer).pixelMap(over: view, input: input)
    }
  }

  private let network: Network
  private let input: Tensor
  private let inputs: [String: Tensor]
  private let subjects: [Subject]
  private let step: Int?
  private let progress: (PictureProgress) throws -> Void

  /// - Parameters:
  ///   - input: [1, C, H, W], preprocessed.
  ///   - inputs: a tensor for each of the network's further inputs that need one.
  ///   - step: how many pixels change at a time in deletion and insertion; `nil` for four rows.
  ///   - progress: is told before each run of the network; what it throws ends the work.
  public init(
    _ network: Network, input: Tensor, inputs: [String: Tensor] = [:], subjects: [Subject], step: Int? = nil,
    progress: @escaping (PictureProgress) throws -> Void = { _ in }
  ) {
    self.network = network
    self.input = input
    self.inputs = inputs
    self.subjects = subjects
    self.step = step
    self.progress = progress
  }

  /// How many runs of the network deletion and insertion take, of so many targets.
  public func runs(targets: Int) -> Int {
    targets * subjects.count * FaithfulnessMeter.runs(input: input.shape, step: step)
  }

  /// The evidence of each target's maps, in the order of the subjects; `nil` for a map that shows nothing.
  ///
  /// - Parameters:
  ///   - targets: what the maps explain.
  ///   - found: what was found for each.
  ///   - leastLikely: the class that the network finds least likely; `nil` where it has no classes.
  ///   - open: opens the network with other weights.
  /// - Throws: `Diagnostic` where a network cannot run. What `progress` throws.
  public func evidence(
    of targets: [Target], _ found: [Attributions], leastLikely: Int?, open: @escaping WeightRandomization.Opening
  ) throws -> [[MapEvidence?]] {
    let maps = try found.map { try pixelMaps($0, subjects) }
    let meter = FaithfulnessMeter(network, input: input, inputs: inputs, step: step, progress: progress)
    let faithfulness = try zip(targets, maps).map { target, maps in
      try zip(subjects, maps).map { subject, map in
        try map.map { try meter.measure($0, of: target, subject: "Deletion and insertion by \(subject.cell.title)") }
      }
    }
    let sensitivities = try classSensitivities(targets, maps, leastLikely)
    let randomized = try randomizations(targets, maps, open)
    return targets.indices.map { target in
      subjects.indices.map { subject in
        faithfulness[target][subject].map { faithfulness in
          MapEvidence(
            method: subjects[subject].cell.method.id, layer: subjects[subject].cell.layer?.name,
            faithfulness: faithfulness, randomization: randomized.map { $0[target][subject] },
            classSensitivity: sensitivities[target]?[subject])
        }
      }
    }
  }

  private func pixelMaps(_ found: Attributions, _ subjects: [Subject]) throws -> [Heatmap?] {
    try subjects.map { try $0.map(of: found, input: input.shape) }
  }

  /// For each target that is a class, each map beside that of the least likely class.
  private func classSensitivities(
    _ targets: [Target], _ maps: [[Heatmap?]], _ leastLikely: Int?
  ) throws -> [[MapEvidence.Sensitivity]?] {
    guard let leastLikely, targets.contains(where: \.isClass) else { return targets.map { _ in nil } }
    let explained = try explanations(on: network, subjects, [.class(leastLikely)])
    let others = try pixelMaps(explained[0], subjects)
    return zip(targets, maps).map { target, maps in
      guard target.isClass else { return nil }
      return zip(maps, others).map { map, other in
        let likeness = Likeness(map, other)
        return MapEvidence.Sensitivity(class: leastLikely, spearman: likeness.spearman, ssim: likeness.ssim)
      }
    }
  }

  /// For each depth, target and subject, the map beside that of a network that has lost its weights so far.
  private func randomizations(
    _ targets: [Target], _ maps: [[Heatmap?]], _ open: @escaping WeightRandomization.Opening
  ) throws -> [[[MapEvidence.Randomized]]] {
    let randomization = try WeightRandomization(open)
    return try randomization.depths.enumerated().map { number, depth in
      try progress(
        PictureProgress(subject: "Randomization", done: number, count: randomization.depths.count))
      let lost = try randomization.network(at: depth)
      let others = try subjects.map { subject in
        Subject(
          subject.cell.method,
          at: try subject.cell.layer.map { layer throws(Diagnostic) in try lost.layer(named: layer.tensor) },
          over: subject.view)
      }
      let explained = try explanations(on: lost, others, targets)
      return try zip(maps, explained).map { maps, explained in
        zip(maps, try pixelMaps(explained, others)).map { map, other in
          let likeness = Likeness(map, other)
          return MapEvidence.Randomized(
            depth: depth.depth, weights: depth.weights, spearman: likeness.spearman, ssim: likeness.ssim)
        }
      }
    }
  }

  private func explanations(
    on network: Network, _ subjects: [Subject], _ targets: [Target]
  ) throws -> [Attributions] {
    let layers = subjects.compactMap(\.cell.layer)
    let explainer = try Explainer(network, input: input, inputs: inputs, layers: layers) { try progress($0) }
    return try explainer.explain(targets, layers: layers, methods: subjects.map(\.cell.method)).map(\.attributions)
  }
}

extension Likeness {
  /// Of two maps, either of which may show nothing.
  fileprivate init(_ a: Heatmap?, _ b: Heatmap?) {
    guard let a, let b else {
      self = .none
      return
    }
    self.init(a, b)
  }
}

extension Target {
  fileprivate var isClass: Bool { if case .class = self { true } else { false } }
}
