import Files

/// A cell of both sides, and how much it has changed.
struct DriftCell: Sendable {
  /// `nil` where one lacks it.
  let a, b: DriftSide?
  let change: DriftChange
  /// Where it is from, by the first side where that has it.
  let place: DriftSide.Place

  /// - Throws: `Diagnostic` where raw values cannot be read.
  init(_ a: DriftSide, _ b: DriftSide) throws {
    (self.a, self.b, place) = (a, b, a.place)
    change = try DriftChange(a, b)
  }

  /// A cell that the other side lacks.
  init(onlyFirst a: DriftSide) {
    (self.a, b, place) = (a, nil, a.place)
    change = .lacking("B has no such cell.")
  }

  /// A cell that the first side lacks.
  init(onlySecond b: DriftSide) {
    (a, self.b, place) = (nil, b, b.place)
    change = .lacking("A has no such cell.")
  }

  /// All cells of both sides, the one with the greatest change first; where the change is the same, by the change of the logit.
  ///
  /// - Throws: `DiagnosticList` where raw values cannot be read.
  static func all(_ match: DriftMatch) throws -> [DriftCell] {
    let cells =
      try Parallel.map(match.pairs) { try DriftCell($0.0, $0.1) } + match.onlyFirst.map(DriftCell.init(onlyFirst:))
      + match.onlySecond.map(DriftCell.init(onlySecond:))
    func key(_ cell: DriftCell) -> (Double, Double) { (cell.change.amount, abs(cell.change.value ?? 0)) }
    return cells.enumerated().sorted { a, b in
      let (first, second) = (key(a.element), key(b.element))
      return first == second ? a.offset < b.offset : first > second
    }.map(\.element)
  }
}
