public import Imaging

extension Heatmap {
  /// The share of the map's cells, 0…1, that holds half of its positive values: the highest of them, as few as will do. 0 for a map
  /// without any.
  public var shareWithHalf: Double {
    let falling = values.filter { $0 > 0 }.sorted(by: >)
    let half = falling.reduce(0.0) { $0 + Double($1) } / 2
    guard half > 0 else { return 0 }
    var (sum, count) = (0.0, 0)
    for value in falling where sum < half {
      sum += Double(value)
      count += 1
    }
    return Double(count) / Double(values.count)
  }
}
