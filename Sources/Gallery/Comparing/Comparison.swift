import Foundation

/// How far numbers are from those that they should be.
struct Comparison: Sendable {
  /// What is compared.
  let name: String
  /// max|a − b| / max|b|; infinite where the counts differ or one is not finite.
  let deviation: Double
  /// The most that it may be.
  let limit: Double
  /// The share of the numbers that are further away than that, 0…1.
  let share: Double
  /// How far the network's own numbers come from each other by rounding alone, where that is more than the limit.
  private(set) var jitter: Double?

  /// Values that run forward; the limit of those that come back by gradients is ten times as high.
  static let forward = 1e-4
  static let backward = 1e-3

  init(_ name: String, _ found: [Float], reference: [Float], limit: Double) {
    (self.name, self.limit) = (name, limit)
    deviation = Self.deviation(of: found, from: reference)
    let most = Float(limit) * (reference.map(abs).max() ?? 0)
    share = Double(zip(found, reference).count { abs($0 - $1) > most }) / Double(max(1, reference.count))
  }

  /// The same, where the network's own numbers jump: rounding moves few of them, and not much further than its own.
  ///
  /// - Parameter jitter: the deviation between two runs that differ by rounding.
  func within(jitter: Double) -> Comparison {
    var comparison = self
    if !isSound, share <= 0.05, deviation <= 3 * jitter { comparison.jitter = jitter }
    return comparison
  }

  /// Whether they are the same but for rounding.
  var isSound: Bool { deviation <= limit || jitter != nil }

  /// max|a − b| / max|b|.
  static func deviation(of found: [Float], from reference: [Float]) -> Double {
    guard found.count == reference.count, !found.isEmpty else { return .infinity }
    var (difference, scale) = (Float(0), Float(0))
    for (a, b) in zip(found, reference) {
      guard a.isFinite, b.isFinite else { return .infinity }
      difference = max(difference, abs(a - b))
      scale = max(scale, abs(b))
    }
    return scale > 0 ? Double(difference) / Double(scale) : difference == 0 ? 0 : .infinity
  }

  /// A line of a table.
  func text(padding width: Int) -> String {
    let number = deviation.isFinite ? String(format: "%.1e", deviation) : "beyond all"
    let start = name.padded(to: width) + "\(number) of the largest"
    guard let jitter else {
      return start + ": \(isSound ? "agrees" : "differs") (up to \(String(format: "%.0e", limit)))"
    }
    return start
      + String(format: ", in %.1f %% of the numbers: agrees, for its own rounding makes %.1e", share * 100, jitter)
  }
}
