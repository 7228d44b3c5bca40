import Saliency
import Vocabulary

/// What is found picture by picture, until the means are taken.
struct EvaluationTally {
  /// What stands beside the means in a report.
  struct Circumstances {
    let model, network, dataset, command: String
    let pictures, things, evidencePictures: Int
  }

  private let cells: [Cell]
  private let results: [SampleMeasure.Result]

  /// - Parameter results: of each picture, for each of the cells.
  init(_ cells: [Cell], _ results: [SampleMeasure.Result]) {
    self.cells = cells
    self.results = results
  }

  /// The means over all pictures; `nil` where there is nothing.
  func report(_ circumstances: Circumstances, _ times: EvaluationTimes) -> EvaluationReport? {
    guard !cells.isEmpty, let chance = BootstrapMean(results.map(\.chance)),
      let accuracy = BootstrapMean(results.map(\.accuracy))
    else { return nil }
    let entries = cells.enumerated().map { number, cell in
      let measured = EvaluationMeasure.allCases.compactMap { measure in
        BootstrapMean(results.map { $0.cells[number][measure] ?? [] }).map { (measure, $0) }
      }
      return EvaluationReport.Entry(
        method: cell.method.id, layer: cell.layer?.name,
        measures: Dictionary(measured) { first, _ in first }, seconds: times.cells[number])
    }
    return EvaluationReport(
      model: circumstances.model, network: circumstances.network, dataset: circumstances.dataset,
      pictures: circumstances.pictures, things: circumstances.things,
      evidencePictures: circumstances.evidencePictures, command: circumstances.command, chance: chance,
      accuracy: accuracy, seconds: times.network, entries: entries)
  }
}
