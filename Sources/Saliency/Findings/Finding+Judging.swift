import Foundation
public import NeuralNetwork

extension Finding {
  /// Whether a class's probability is 1 to rounding, so that nothing that is measured by it moves.
  ///
  /// - Returns: `nil` where it is not.
  public static func saturation(of classIndex: Int, _ scores: Scores, _ function: ScoreFunction) -> Finding? {
    guard scores.probabilities.count > 1, scores.probabilities[classIndex] == 1 else { return nil }
    if function == .probability || scores.areProbabilities { return .saturated(lead: nil) }
    let own = Double(scores.logits[classIndex])
    let others = scores.logits.indices.filter { $0 != classIndex }.map { Double(scores.logits[$0]) }
    switch function {
    case .sigmoid: return .saturated(lead: Float(own))
    case .softmax, .binary, .probability:
      let highest = others.max() ?? own
      // log Σ exp, without overflow.
      let together = highest + log(others.reduce(0) { $0 + exp($1 - highest) })
      return .saturated(lead: Float(own - together))
    }
  }

  /// Whether a method's results for several classes are all the same, up to a factor.
  ///
  /// - Parameter attributions: those of each class.
  /// - Returns: `nil` where two differ, or fewer than two show anything; `nil` too for methods that ask for no class.
  /// - Throws: `Diagnostic` where the method was not asked for.
  public static func sameness(of method: Method, at layer: Layer?, _ attributions: [Attributions]) throws -> Finding? {
    guard method.asksForTarget, method.name.picture != .boxes, attributions.count > 1 else { return nil }
    let shown = try attributions.filter { $0.finding(method, at: layer) == nil }
      .map { try $0.attribution(method, at: layer).values.normalized }
      .filter { values in values.contains { $0 != 0 } }
    guard shown.count > 1, let first = shown.first else { return nil }
    let difference = shown.dropFirst().reduce(Float(0)) { found, values in
      zip(first, values).reduce(found) { max($0, abs($1.0 - $1.1)) }
    }
    guard difference <= sameDifference else { return nil }
    return .sameForAll(
      method: method.id, layer: Cell(method, at: layer).layer?.name, classes: shown.count, difference: difference)
  }

  /// Likewise of several methods at several layers.
  public static func sameness(
    of methods: [Method], at layers: [Layer?], _ attributions: [Attributions]
  ) throws -> [Cell: Finding] {
    var found: [Cell: Finding] = [:]
    for method in methods {
      for layer in layers where found[Cell(method, at: layer)] == nil {
        found[Cell(method, at: layer)] = try sameness(of: method, at: layer, attributions)
      }
    }
    return found
  }

  /// Results that differ by less than this share of their maximum look the same in any colours.
  private static let sameDifference: Float = 1e-3
}

extension [Float] {
  /// Divided by the largest magnitude; zeros stay.
  fileprivate var normalized: [Float] {
    let strength = reduce(0) { Swift.max($0, abs($1)) }
    return strength > 0 ? map { $0 / strength } : self
  }
}

extension Method {
  /// Whether its formula knows of the target: not where it looks at activations alone.
  fileprivate var asksForTarget: Bool { !needs.isSubset(of: [.activation, .attention, .input]) || asksNetwork }
}
