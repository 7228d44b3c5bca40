import Foundation

/// What `sitegen compare` found: every cell of both, the one with the greatest change first.
public struct DriftReport: Encodable, Sendable {
  /// One cell of one side.
  struct Side: Encodable, Sendable {
    /// c, counted from 0, where a class is explained.
    let index: Int?
    let layer: String?
    /// y^c before any softmax or sigmoid, or the value of another target.
    let value: Float?
    let probability: Float?
    /// 1 for the highest logit.
    let rank: Int?
  }

  /// One cell of both.
  struct Cell: Encodable, Sendable {
    /// The network, where folders tell of several.
    let network: String?
    let image: String
    let inputs: String?
    /// The class's label, or the target.
    let subject: String
    let method: String
    /// `nil` where one lacks it.
    let a, b: Side?
    /// From the first to the second.
    let valueChange: Double?
    let rankChange: Int?
    /// Spearman's ρ, −1…1; `nil` where it is not a number.
    let rankCorrelation: Double?
    /// 0…1.
    let overlap: Double?
    /// 0…1, to sort by.
    let change: Double
    /// What goes beyond its limit.
    let beyond: [DriftChange.Kind]
    let notes: [String]
  }

  /// The two, as they were named.
  let a, b: String
  let limits: DriftLimits
  /// How many cells go beyond a limit.
  public let beyond: Int
  /// What there is to say of all, in full sentences.
  let notes: [String]
  let cells: [Cell]

  init(_ a: String, _ b: String, _ limits: DriftLimits, notes: [String], _ compared: [DriftCell]) {
    (self.a, self.b, self.limits, self.notes) = (a, b, limits, notes)
    let networks = Set(compared.map(\.place.network))
    cells = compared.map { Cell($0, limits, showsNetwork: networks.count > 1) }
    beyond = cells.count { !$0.beyond.isEmpty }
  }

  /// How many cells are compared.
  public var count: Int { cells.count }

  /// As JSON, keys sorted and in snake case.
  public var json: [UInt8] {
    get throws { try ReadableJSON.bytes(self, keys: .convertToSnakeCase) }
  }

  /// The same as text.
  public var jsonText: String {
    get throws { String(decoding: try json.dropLast(), as: UTF8.self) }
  }

  // MARK: - To be read

  /// A table with a line for each cell, and what it comes to.
  public var text: String {
    let columns = DriftColumn.all(for: self)
    let table = TextTable(header: columns.map(\.title), cells.map { cell in columns.map { $0.text(cell) } })
    let said = (notes + cells.flatMap(noted)).map { $0 + "\n" }.joined()
    return "A is \(a), B is \(b).\n\n" + table.text + "\n\n" + said + verdict
  }

  /// What it comes to, as a sentence.
  public var verdict: String {
    let cells = count == 1 ? "1 cell" : "\(count) cells"
    let number =
      beyond == 0 ? "None of \(cells) changes" : "\(beyond) of \(cells) \(beyond == 1 ? "changes" : "change")"
    return "\(number) beyond the limits: \(limits.text)."
  }

  private func noted(_ cell: Cell) -> [String] {
    let name = [cell.network, cell.image, cell.inputs, cell.subject, cell.method].compactMap { $0 }
    return cell.notes.map { "\(name.joined(separator: ", ")): \($0)" }
  }
}

/// A column of the table of cells.
struct DriftColumn: Sendable {
  let title: String
  let text: @Sendable (DriftReport.Cell) -> String

  /// The columns in which there is something to read.
  static func all(for report: DriftReport) -> [DriftColumn] {
    let cells = report.cells
    let layers = Set(cells.flatMap { [$0.a?.layer, $0.b?.layer].compactMap { $0 } })
    return [
      DriftColumn(title: "CHANGE") { DriftNumber.share($0.change) },
      cells.contains { $0.network != nil } ? DriftColumn(title: "NETWORK") { $0.network ?? "" } : nil,
      DriftColumn(title: "PICTURE") { $0.image },
      cells.contains { $0.inputs != nil } ? DriftColumn(title: "INPUTS") { $0.inputs ?? "" } : nil,
      DriftColumn(title: "TARGET") { $0.subject },
      DriftColumn(title: "METHOD") { $0.method },
      layers.count > 1 ? DriftColumn(title: "LAYER") { both($0.a?.layer ?? "–", $0.b?.layer ?? "–", $0) } : nil,
      DriftColumn(title: "LOGIT") { DriftNumber.value($0.a?.value) + " → " + DriftNumber.value($0.b?.value) },
      DriftColumn(title: "DIFFERENCE") { DriftNumber.signed($0.valueChange) },
      DriftColumn(title: "RANK") { both($0.a?.rank.map(String.init) ?? "–", $0.b?.rank.map(String.init) ?? "–", $0) },
      DriftColumn(title: "CORRELATION") { DriftNumber.share($0.rankCorrelation) },
      DriftColumn(title: "OVERLAP") { DriftNumber.share($0.overlap) },
      DriftColumn(title: "BEYOND") { $0.beyond.map(\.rawValue).joined(separator: ", ") },
    ].compactMap { $0 }
  }

  /// Once where both are the same.
  private static func both(_ a: String, _ b: String, _ cell: DriftReport.Cell) -> String {
    a == b ? a : "\(a) → \(b)"
  }
}

extension DriftReport.Cell {
  fileprivate init(_ cell: DriftCell, _ limits: DriftLimits, showsNetwork: Bool) {
    let (place, change) = (cell.place, cell.change)
    network = showsNetwork ? place.network : nil
    image = place.image
    inputs = place.inputs.isEmpty ? nil : place.inputs
    (subject, method) = (place.subject, place.method)
    (a, b) = (cell.a.map(DriftReport.Side.init), cell.b.map(DriftReport.Side.init))
    (valueChange, rankChange) = (change.value, change.rank)
    (rankCorrelation, overlap, self.change) = (change.spearman, change.overlap, change.amount)
    (beyond, notes) = (limits.exceeded(by: change), change.notes)
  }

  private enum Keys: String, CodingKey {
    case network, image, inputs, subject, method, a, b, valueChange, rankChange, rankCorrelation, overlap, change,
      beyond, notes
  }

  /// Writes what is missing of the numbers, too.
  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Keys.self)
    try values.encodeIfPresent(network, forKey: .network)
    try values.encode(image, forKey: .image)
    try values.encodeIfPresent(inputs, forKey: .inputs)
    try values.encode(subject, forKey: .subject)
    try values.encode(method, forKey: .method)
    try values.encode(a, forKey: .a)
    try values.encode(b, forKey: .b)
    try values.encode(valueChange, forKey: .valueChange)
    try values.encode(rankChange, forKey: .rankChange)
    try values.encode(rankCorrelation, forKey: .rankCorrelation)
    try values.encode(overlap, forKey: .overlap)
    try values.encode(change, forKey: .change)
    try values.encode(beyond, forKey: .beyond)
    try values.encode(notes, forKey: .notes)
  }
}

extension DriftReport.Side {
  fileprivate init(_ side: DriftSide) {
    self.init(
      index: side.place.classIndex, layer: side.place.layer, value: side.value, probability: side.probability,
      rank: side.rank)
  }
}
