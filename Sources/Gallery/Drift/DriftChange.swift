import Foundation
import Imaging
import Saliency

/// How much one cell has changed.
struct DriftChange: Sendable {
  /// What can go beyond a limit.
  enum Kind: String, Codable, Sendable {
    /// One of both has no such cell.
    case lacking
    case logit, rank
    /// The maps cannot be alike: one is blank, or the same everywhere, or not finite.
    case map
    case correlation, overlap
  }

  /// Of the second from the first: of the logit, or the value of another target.
  private(set) var value: Double?
  /// Places that the class went down; negative where it went up.
  private(set) var rank: Int?
  /// Of the class's probability.
  private(set) var probability: Double?
  /// Spearman's ρ of the two maps, −1…1; `nil` where it is not a number.
  private(set) var spearman: Double?
  /// Intersection over union of the top 15 % of the two maps, or of two boxes, 0…1.
  private(set) var overlap: Double?
  /// Whether one of the two lacks the cell.
  private(set) var isLacking = false
  /// Whether the maps cannot be alike, whatever the numbers say.
  private(set) var isApart = false
  /// What a reader should know, in full sentences.
  private(set) var notes: [String] = []

  /// Of a cell that only one of both has.
  static func lacking(_ note: String) -> DriftChange {
    var change = DriftChange()
    change.isLacking = true
    change.notes = [note]
    return change
  }

  private init() {}

  /// Compares what both have.
  ///
  /// - Throws: `Diagnostic` where raw values cannot be read.
  init(_ a: DriftSide, _ b: DriftSide) throws {
    if let before = a.value, let after = b.value { value = Double(after) - Double(before) }
    if let before = a.rank, let after = b.rank { rank = after - before }
    if let before = a.probability, let after = b.probability { probability = Double(after) - Double(before) }
    compare(try a.result(), try b.result())
    notes += [("A", a.finding), ("B", b.finding)].compactMap { name, text in text.map { "\(name): \($0)" } }
  }

  /// How much it is in all, 0…1, to sort by: the largest of 1 − overlap, (1 − ρ) / 2 and the change of the probability; 1 where there
  /// is nothing to compare with.
  var amount: Double {
    if isLacking || isApart { return 1 }
    return [overlap.map { 1 - $0 }, spearman.map { (1 - $0) / 2 }, probability.map(abs)].compactMap { $0 }.max() ?? 0
  }

  // MARK: - Maps

  private mutating func compare(_ a: DriftResult, _ b: DriftResult) {
    switch (a, b) {
    case (.map(let a, let isSigned), .map(let b, _)): compare(a, b, isSigned: isSigned)
    case (.box(let a), .box(let b)): compare(a, b)
    case (.none, .none): break
    case (.none, _): set(apart: "A has no raw values of it.")
    case (_, .none): set(apart: "B has no raw values of it.")
    case (.map, .box), (.box, .map): set(apart: "One is a map and the other a box.")
    }
  }

  private mutating func compare(_ a: Heatmap, _ b: Heatmap, isSigned: Bool) {
    let odd = [("A", a), ("B", b)].filter { !$0.1.isFinite }.map(\.0)
    guard odd.isEmpty else {
      return set(apart: odd.map { "\($0)’s map holds values that are not finite." }.joined(separator: " "))
    }
    let (width, height) = (max(a.width, b.width), max(a.height, b.height))
    if (a.width, a.height) != (b.width, b.height) {
      notes.append(
        "The maps have \(a.width) × \(a.height) and \(b.width) × \(b.height) cells, and are compared at "
          + "\(width) × \(height).")
    }
    let (first, second) = (a.sized(width, height), b.sized(width, height))
    let tops = [first, second].map { TopCells($0, isSigned: isSigned) }
    switch (tops[0].isEmpty, tops[1].isEmpty) {
    case (true, true):
      overlap = 1
      notes.append("Both maps are blank.")
      return
    case (true, false), (false, true):
      overlap = 0
      return set(apart: tops[0].isEmpty ? "A’s map is blank, B’s is not." : "B’s map is blank, A’s is not.")
    case (false, false): overlap = tops[0].overlap(with: tops[1])
    }
    spearman = RankCorrelation.spearman(first.values, second.values)
    guard spearman == nil else { return }
    let even = [("A", first), ("B", second)].filter { Set($0.1.values).count == 1 }.map(\.0)
    let text = "The rank correlation is not a number: "
    if even.count == 2 {
      notes.append(text + "both maps are the same everywhere.")
    } else {
      set(apart: text + even.map { "\($0)’s map is the same everywhere." }.joined())
    }
  }

  private mutating func compare(_ a: Rect?, _ b: Rect?) {
    switch (a, b) {
    case (let a?, let b?): overlap = Double(Localization.intersectionOverUnion(a, b))
    case (nil, nil):
      overlap = 1
      notes.append("Neither has a box.")
    case (nil, _), (_, nil):
      overlap = 0
      set(apart: a == nil ? "A has no box, B has one." : "B has no box, A has one.")
    }
  }

  private mutating func set(apart note: String) {
    isApart = true
    notes.append(note)
  }
}

extension Heatmap {
  fileprivate func sized(_ width: Int, _ height: Int) -> Heatmap {
    (self.width, self.height) == (width, height) ? self : upsampled(width: width, height: height)
  }
}
