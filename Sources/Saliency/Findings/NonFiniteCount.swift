/// How many values of a tensor are infinite or not numbers.
public struct NonFiniteCount: Codable, Hashable, Sendable, CustomStringConvertible {
  /// Values that are infinite.
  public let infinite: Int
  /// Values that are not numbers.
  public let missing: Int
  /// All values.
  public let total: Int

  /// `nil` where all are finite.
  init?(_ values: some Collection<Float>) {
    infinite = values.count(where: \.isInfinite)
    missing = values.count(where: \.isNaN)
    total = values.count
    guard infinite + missing > 0 else { return nil }
  }

  /// To be read behind a tensor: “has 3 infinite values among 256”.
  public var description: String {
    let parts = [
      infinite > 0 ? "\(infinite) infinite \(infinite == 1 ? "value" : "values")" : nil,
      missing > 0 ? "\(missing) \(missing == 1 ? "value that is not a number" : "values that are not numbers")" : nil,
    ].compactMap { $0 }
    return "has \(parts.joined(separator: " and ")) among \(total)"
  }
}
