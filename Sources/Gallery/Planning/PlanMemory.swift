import Saliency
import Site

/// What the last plan found, so that the next one reads and resolves again only what has changed.
struct PlanMemory: Sendable {
  var content: ContentMemory
  var templates: TemplateLibrary?
  private var figures: [ExplainRequest.ID: (sources: FigureSources, figure: PlannedFigure)] = [:]
  private var found: [ExplainRequest.ID: (sources: FigureSources, figure: PlannedFigure)] = [:]
  /// How many requests had to be resolved last time.
  private(set) var plannedFigures = 0

  /// - Parameter timeSteps: the seconds between two times that the file system tells apart.
  init(timeSteps: Double = 2) { content = ContentMemory(timeSteps: timeSteps) }

  /// The figure of a request: the one that was planned last, where it was planned from the same.
  ///
  /// - Throws: `DiagnosticList`: every name that means nothing.
  mutating func figure(
    _ request: ExplainRequest, partCount: Int, model: LoadedModel, inputs: [ResolvedInput], targets: TargetReader,
    from sources: FigureSources?
  ) throws -> PlannedFigure {
    if let sources, let known = figures[request.id], known.sources == sources {
      found[request.id] = known
      return known.figure
    }
    plannedFigures += 1
    let figure = try PlannedFigure(
      request, partCount: partCount, model: model, inputs: inputs, targets: targets)
    if let sources { found[request.id] = (sources, figure) }
    return figure
  }

  /// Begins with the requests of a content.
  mutating func begin() {
    found = [:]
    plannedFigures = 0
  }

  /// Forgets the figures of requests that the content no longer has.
  mutating func end() {
    figures = found
    found = [:]
  }
}
