import Foundation
public import Saliency
public import Vocabulary

/// What `sitegen evaluate` measures: how well maps show where things are, and how far they may be trusted, over a data set.
public struct EvaluationReport: Codable, Sendable {
  /// One method at a layer, over all things.
  public struct Entry: Codable, Sendable {
    /// The method's name.
    public let method: String
    /// The layer that it looks at, if it looks at one.
    public let layer: String?
    /// What was measured; what cannot be is missing.
    public let measures: [EvaluationMeasure: BootstrapMean]
    /// The seconds that one map of one picture took, the network's run included: the median of a few.
    public let seconds: Double
  }

  /// The model, as it was named.
  public let model: String
  /// SHA-256 of its file, in hexadecimal digits.
  public let network: String
  /// The data set, as it was named.
  public let dataset: String
  /// How many pictures and things it has.
  public let pictures, things: Int
  /// Of how many pictures evidence was measured, the first ones.
  public let evidencePictures: Int
  /// The command that measures all this again.
  public let command: String
  /// The share of the picture that things take up: how often a map that points anywhere would hit.
  public let chance: BootstrapMean
  /// How often the most likely class is one that is there.
  public let accuracy: BootstrapMean
  /// The seconds that one run of the network took: the median of a few.
  public let seconds: Double
  /// One for each method and layer, in the order asked for.
  public let entries: [Entry]

  /// As JSON, keys sorted.
  public var json: [UInt8] {
    get throws { try ReadableJSON.bytes(self) }
  }

  /// What was measured of any method, in the order of tables.
  public var measures: [EvaluationMeasure] {
    EvaluationMeasure.allCases.filter { measure in entries.contains { $0.measures[measure] != nil } }
  }

  /// Tables with a line for each method and layer, and what each column is: what follows from maps and truth, then evidence.
  public var text: String {
    let things =
      "\(things) things in \(pictures) pictures; chance \(chance.text(.share)), accuracy \(accuracy.text(.share))."
    let time = entries.map { String(format: "%.1f ×", $0.seconds / seconds) }
    let maps = table(measures.filter(\.isOfMapsAlone), last: ("TIME", time), "time: of one map, in runs of the network")
    let evidence = measures.filter { !$0.isOfMapsAlone }
    guard !evidence.isEmpty else { return "\(things)\n\(maps)" }
    let pictures = evidencePictures > 0 ? "Evidence, from the first \(evidencePictures) pictures:" : "Besides:"
    return "\(things)\n\(maps)\n\n\(pictures)\n\(table(evidence))"
  }

  private func table(
    _ measures: [EvaluationMeasure], last: (title: String, values: [String])? = nil, _ note: String? = nil
  ) -> String {
    let rows = entries.enumerated().map { number, entry in
      [entry.method, entry.layer ?? ""]
        + measures.map { measure in entry.measures[measure].map { $0.text(measure.unit) } ?? "" }
        + (last.map { [$0.values[number]] } ?? [])
    }
    let header = ["METHOD", "LAYER"] + measures.map { $0.rawValue.uppercased() } + (last.map { [$0.title] } ?? [])
    let meanings = measures.map { "\($0.rawValue): \($0.meaning)" } + (note.map { [$0] } ?? [])
    return TextTable(header: header, rows).text + "\n\n" + meanings.joined(separator: "\n")
  }
}

extension BootstrapMean {
  /// `82.1 (79.9–84.0)`, per cent, or `0.421 (0.398–0.443)`.
  func text(_ unit: EvaluationMeasure.Unit) -> String {
    let (format, factor) = unit == .share ? ("%.1f", 100.0) : ("%.3f", 1)
    func text(_ value: Double) -> String { String(format: format, factor * value) }
    return "\(text(mean)) (\(text(low))\(low < 0 ? " to " : "–")\(text(high)))"
  }
}
