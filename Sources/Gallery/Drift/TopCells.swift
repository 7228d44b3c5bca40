import Imaging

/// Where a map is strongest: the 15 % of its cells with the highest values, ties in the order of rows, none of them zero or below.
/// In a signed map the values farthest from zero count.
struct TopCells {
  /// The share of all cells, rounded up.
  static let share = 0.15

  private let places: Set<Int>

  init(_ map: Heatmap, isSigned: Bool) {
    let values = isSigned ? map.values.map(abs) : map.values
    let count = Int((Self.share * Double(values.count)).rounded(.up))
    let order = values.indices.filter { values[$0] > 0 }.sorted { (values[$1], $0) < (values[$0], $1) }
    places = Set(order.prefix(count))
  }

  /// Whether the map is nowhere above zero.
  var isEmpty: Bool { places.isEmpty }

  /// Intersection over union, 0…1; 1 where both are empty.
  func overlap(with other: TopCells) -> Double {
    let union = places.union(other.places).count
    return union == 0 ? 1 : Double(places.intersection(other.places).count) / Double(union)
  }
}
