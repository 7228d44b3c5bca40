/// A mean over pictures, with how far it would be off had other pictures been taken.
public struct BootstrapMean: Codable, Equatable, Sendable {
  /// The mean of all values.
  public let mean: Double
  /// The middle 95 % of the means of samples of pictures, drawn with replacement.
  public let low, high: Double
  /// How many values there are.
  public let count: Int

  /// The percentile bootstrap of a mean, by pictures: what is measured in one picture hangs together.
  ///
  /// - Parameters:
  ///   - groups: the values of each picture; finite.
  ///   - draws: how many samples are drawn. They are the same for the same numbers of pictures on every machine.
  /// - Returns: `nil` without a value.
  ///
  /// Source: Efron and Tibshirani 1993, chapter 13.
  public init?(_ groups: [[Double]], draws: Int = 1000) {
    let sums = groups.filter { !$0.isEmpty }.map { (sum: $0.reduce(0, +), count: $0.count) }
    guard !sums.isEmpty else { return nil }
    func mean(_ chosen: [(sum: Double, count: Int)]) -> Double {
      chosen.reduce(0) { $0 + $1.sum } / Double(chosen.reduce(0) { $0 + $1.count })
    }
    var random = SplitMix64(seed: 17)
    let means = (0..<draws).map { _ in
      mean(sums.map { _ in sums[Int.random(in: sums.indices, using: &random)] })
    }.sorted()
    self.mean = mean(sums)
    count = sums.reduce(0) { $0 + $1.count }
    low = means.isEmpty ? self.mean : means[Int(0.025 * Double(means.count))]
    high = means.isEmpty ? self.mean : means[min(Int(0.975 * Double(means.count)), means.count - 1)]
  }
}
