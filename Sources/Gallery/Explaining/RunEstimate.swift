import Foundation
import NeuralNetwork
import Saliency

/// About how long the runs of a network will take.
struct RunEstimate {
  /// Forward runs, of which one on the way back takes as much as two.
  private(set) var runs = 0

  /// Adds what a method asks the network, for so many targets.
  mutating func add(_ method: Saliency.Method, at layer: Layer?, input: [Int], targets: Int) {
    for part in method.computed {
      let pictures = part.pictures(input: input, at: layer)
      runs += pictures.count * (pictures.takesGradients ? 1 + 2 * targets : 1)
    }
  }

  /// Adds runs.
  mutating func add(runs: Int) { self.runs += runs }

  /// A sentence for who waits, where it will be long: one run is timed.
  func notice(_ subject: String, _ network: Network, input: Tensor, target: Target) throws -> String? {
    guard runs >= Self.few else { return nil }
    let scorer = try network.scorer(of: [target])
    // The first run prepares what all others use.
    _ = try scorer.scores(of: input)
    let clock = ContinuousClock()
    let time = try clock.measure { _ = try scorer.scores(of: input) }
    let seconds = (time / .seconds(1)) * Double(runs)
    guard seconds >= Self.short else { return nil }
    let text = seconds < 90 ? "\(Int(seconds.rounded())) s" : "\(Int((seconds / 60).rounded())) min"
    return "\(subject) takes about \(runs) runs of the network, some \(text)."
  }

  private static let (few, short) = (20, 5.0)
}
