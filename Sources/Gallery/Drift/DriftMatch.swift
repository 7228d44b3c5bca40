/// Which cells of two sides belong together.
///
/// They are matched by all that tells them apart, and what is left then by less and less of it: classes by their labels, whatever
/// index they have; layers and figures by what else is the same. Where one of both names no classes, they are matched by index.
struct DriftMatch {
  private(set) var pairs: [(DriftSide, DriftSide)] = []
  /// What only one has.
  private(set) var onlyFirst: [DriftSide] = []
  private(set) var onlySecond: [DriftSide] = []

  private typealias Key = [String?]

  init(_ first: DriftSides, _ second: DriftSides) {
    onlyFirst = first.cells
    onlySecond = second.cells
    let hasLabels = first.isNamed && second.isNamed
    // Where each has only one, these are compared, whatever they are called.
    let hasOneNetwork = [first, second].allSatisfy { Set($0.cells.map(\.place.network)).count == 1 }
    let hasOneImage = [first, second].allSatisfy { Set($0.cells.map(\.place.image)).count == 1 }
    func key(_ place: DriftSide.Place) -> Key {
      let subject = hasLabels ? place.subject : place.classIndex.map { "#\($0)" } ?? place.subject
      return [
        hasOneNetwork ? nil : place.network, hasOneImage ? nil : place.image, place.inputs, subject, place.method,
      ]
    }
    pair { place in key(place) + [place.layer, place.variant, place.classIndex.map { "\($0)" }] }
    pair { place in key(place) + [place.layer, place.variant] }
    pair { place in key(place) + [place.layer] }
    pair(onlySingles: true) { place in key(place) + [place.variant] }
    pair(onlySingles: true, key)
  }

  /// Pairs what has the same key, in order.
  ///
  /// - Parameter onlySingles: whether only where each side has one cell of that key.
  private mutating func pair(onlySingles: Bool = false, _ key: (DriftSide.Place) -> Key) {
    var waiting = Dictionary(grouping: onlySecond.indices) { key(onlySecond[$0].place) }
    let counts = Dictionary(grouping: onlyFirst) { key($0.place) }.mapValues(\.count)
    var taken: Set<Int> = []
    var rest: [DriftSide] = []
    for side in onlyFirst {
      let name = key(side.place)
      let isSingle = counts[name] == 1 && waiting[name]?.count == 1
      guard isSingle || !onlySingles, let position = waiting[name]?.first else {
        rest.append(side)
        continue
      }
      waiting[name]?.removeFirst()
      taken.insert(position)
      pairs.append((side, onlySecond[position]))
    }
    onlyFirst = rest
    onlySecond = onlySecond.indices.filter { !taken.contains($0) }.map { onlySecond[$0] }
  }
}
