import NeuralNetwork
import Saliency

/// How long one picture takes, by the clock on the wall: the median of a few runs each, after one that warms up.
struct EvaluationTimes {
  /// The seconds of one run of the network.
  let network: Double
  /// The seconds of one map of one class by each cell, the network's run included.
  let cells: [Double]

  /// Measures them on one picture.
  ///
  /// - Parameter input: [1, C, H, W], preprocessed.
  /// - Throws: `Diagnostic` where the network cannot run.
  init(_ network: Network, input: Tensor, cells: [Cell]) throws {
    let layers = cells.compactMap(\.layer).withoutRepetitions
    self.network = try Self.median { _ = try Explainer(network, input: input, layers: []) }
    self.cells = try cells.map { cell in
      try Self.median {
        let explainer = try Explainer(network, input: input, layers: layers)
        let found = try explainer.explain([.class(0)], Cell.computed([cell.method], at: cell.layer.map { [$0] } ?? []))
        _ = try found[0].attributions.attribution(cell.method, at: cell.layer)
      }
    }
  }

  private static func median(_ work: () throws -> Void) throws -> Double {
    try work()
    var times: [Double] = []
    // What takes long need not be looked at often.
    while times.count < 5, times.reduce(0, +) < 0.5 || times.isEmpty {
      let start = ContinuousClock.now
      try work()
      times.append((ContinuousClock.now - start) / .seconds(1))
    }
    return times.sorted()[times.count / 2]
  }
}
