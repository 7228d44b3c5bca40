/// What a batch normalisation saw in training, beside what it is given now.
public struct FirstStatistics: Codable, Hashable, Sendable {
  /// The name of its node.
  public let node: String
  /// The deviation of what it is given, from place to place, as a multiple of that in training: the median over channels.
  public let spread: Double
  /// How far what it is given lies from the mean in training, in deviations: the median over channels of the root of the mean
  /// square.
  public let distance: Double
}

extension Network {
  /// Whether a batch normalisation stands where the picture still has gone through nothing but weights, so that it tells what
  /// pictures were like in training. Exporters mostly fold it into the weights.
  public var hasFirstStatistics: Bool { firstNormalization != nil }

  /// What the first batch normalisation is given of a picture, beside what it saw in training; `nil` where there is none.
  ///
  /// - Parameter picture: [1, C, H, W], preprocessed.
  /// - Throws: `Diagnostic` where the shape is another, or something is infinite or not a number.
  public func firstStatistics(of picture: Tensor, inputs: [String: Tensor] = [:]) throws -> FirstStatistics? {
    guard let (node, normalization) = firstNormalization, let value = node.inputs.first else { return nil }
    let given: Tensor
    if value == graph.inputs[0] {
      given = try engine.download(try feed(picture, inputs)[value] ?? engine.upload(picture))
    } else {
      let plan = planner.plan(keeping: [value]).only([value], graph)
      let run = try ActivationTrace(
        plan, inputs: feed(picture, inputs), on: engine, forgetting: plan.lastReads(keeping: [value]))
      guard let memory = run.activations[value] else { return nil }
      given = try engine.download(memory)
    }
    let (mean, deviation) = (normalization.statistics.mean, normalization.statistics.deviation)
    let area = given.values.count / mean.count
    let channels = mean.indices.map { channel in
      let values = given.values[channel * area..<(channel + 1) * area].map {
        (Double($0) - mean[channel]) / deviation[channel]
      }
      let middle = values.reduce(0, +) / Double(area)
      let square = values.reduce(0) { $0 + $1 * $1 } / Double(area)
      return (spread: max(0, square - middle * middle).squareRoot(), distance: square.squareRoot())
    }
    return FirstStatistics(
      node: node.name, spread: channels.map(\.spread).median, distance: channels.map(\.distance).median)
  }

  /// The first batch normalisation, where only what is linear lies before it.
  private var firstNormalization: (Graph.Node, BatchNormalization)? {
    guard let first = graph.nodes.first(where: { $0.operation is BatchNormalization }),
      let normalization = first.operation as? BatchNormalization, var value = first.inputs.first
    else { return nil }
    let reader = GraphReader(graph)
    while let node = reader.producer(value) {
      let isLinear =
        node.operation is Convolution || node.operation is Pad || node.movesAlone || reader.withNumber(node) != nil
      guard isLinear, node.inputs.count == 1 else { return nil }
      value = node.inputs[0]
    }
    return value == graph.inputs[0] ? (first, normalization) : nil
  }
}
