import Site

/// A part of a figure: what one picture shows under one network.
struct PartOfFigure: Sendable {
  let plan: PlannedFigure
  let model: LoadedModel
}

/// A figure as it was planned: the block and all of its parts.
struct WholeFigure: Sendable {
  let request: FigureRequest
  let parts: [PartOfFigure]
}
