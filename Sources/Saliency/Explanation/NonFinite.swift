extension Collection<Float> {
  /// How many of the values are infinite or not numbers, as “has 3 infinite values among 256”; `nil` where all are finite.
  var nonFiniteText: String? {
    let (infinite, missing) = (count(where: \.isInfinite), count(where: \.isNaN))
    let parts = [
      infinite > 0 ? "\(infinite) infinite \(infinite == 1 ? "value" : "values")" : nil,
      missing > 0 ? "\(missing) \(missing == 1 ? "value that is not a number" : "values that are not numbers")" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : "has \(parts.joined(separator: " and ")) among \(count)"
  }
}
