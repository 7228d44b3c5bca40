import Foundation

/// How a network's scores become probabilities.
public enum ScoreFunction: String, Codable, Sendable {
  /// One class of many: softmax(y).
  case softmax
  /// Each class on its own, any number of them at once: sigmoid(y^c).
  case sigmoid
  /// Two classes and a single score y: class 1 is +y and class 0 is −y, with probabilities sigmoid(±y).
  case binary
  /// The scores are probabilities already, and no score before them could be found: they are shown and explained as they are.
  /// A single one, p, is that of class 1, and class 0 has 1 − p.
  case probability

  /// The probabilities of `logits`.
  ///
  /// - Returns: between 0 and 1; for a softmax with sum 1.
  public func probabilities(_ logits: [Float]) -> [Float] {
    switch self {
    case .softmax: logits.softmax
    case .sigmoid, .binary: logits.map { 1 / (1 + exp(-$0)) }
    case .probability: logits
    }
  }
}

extension [Float] {
  fileprivate var softmax: [Float] {
    let maximum = self.max() ?? 0
    let exponentials = map { exp($0 - maximum) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }

  /// Whether these are the probabilities of classes of which one is right: several numbers from 0 to 1 with sum 1.
  var areDistribution: Bool {
    count > 1 && allSatisfy { $0 >= 0 && $0 <= 1 } && abs(reduce(0) { $0 + Double($1) } - 1) < 1e-4
  }
}
