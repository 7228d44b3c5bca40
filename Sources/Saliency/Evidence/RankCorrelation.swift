import NeuralNetwork

/// How alike the order of two lists of numbers is.
public enum RankCorrelation {
  /// Spearman's ρ, −1…1: the correlation of the ranks, where equal numbers share the mean of theirs.
  ///
  /// - Returns: `nil` where the counts differ, or all numbers of either list are equal, so that they have no order.
  public static func spearman(_ a: [Float], _ b: [Float]) -> Double? {
    guard a.count == b.count, a.count > 1 else { return nil }
    let (first, second) = (ranks(a), ranks(b))
    // Ranks have the same mean however they are shared.
    let mean = Double(a.count - 1) / 2
    var (products, squares, others) = (0.0, 0.0, 0.0)
    for (x, y) in zip(first, second) {
      products += (x - mean) * (y - mean)
      squares += (x - mean) * (x - mean)
      others += (y - mean) * (y - mean)
    }
    guard squares > 0, others > 0 else { return nil }
    return products / (squares * others).squareRoot()
  }

  /// The rank of each number, counted from 0.
  private static func ranks(_ values: [Float]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }
}
