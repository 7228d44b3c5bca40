import Saliency

/// What is found picture by picture, until the means are taken.
struct EvaluationTally {
  private let cells: [Cell]
  private var results: [SampleMeasure.Result] = []

  init(_ cells: [Cell]) { self.cells = cells }

  mutating func add(_ result: SampleMeasure.Result) { results.append(result) }

  /// The means over all pictures; `nil` where there is nothing.
  func report(model: String, dataset: String, pictures: Int, things: Int) -> EvaluationReport? {
    guard !cells.isEmpty, let chance = BootstrapMean(results.map(\.chance)),
      let accuracy = BootstrapMean(results.map(\.accuracy))
    else { return nil }
    let entries = cells.enumerated().compactMap { number, cell -> EvaluationReport.Entry? in
      func mean(_ value: (SampleMeasure.CellResult) -> [Double]) -> BootstrapMean? {
        BootstrapMean(results.map { value($0.cells[number]) })
      }
      guard let pointing = mean(\.pointing), let energy = mean(\.energy), let error = mean(\.localizationError),
        let errorTop1 = mean(\.localizationErrorTop1)
      else { return nil }
      return EvaluationReport.Entry(
        method: cell.method.id, layer: cell.layer?.name, pointing: pointing, energy: energy, localizationError: error,
        localizationErrorTop1: errorTop1, deletion: mean(\.deletion), insertion: mean(\.insertion),
        blank: results.reduce(0) { $0 + $1.cells[number].blank })
    }
    return EvaluationReport(
      model: model, dataset: dataset, pictures: pictures, things: things, chance: chance, accuracy: accuracy,
      entries: entries)
  }
}
