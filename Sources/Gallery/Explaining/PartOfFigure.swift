import Files
import Site

/// A part of a figure: what one picture shows under one network.
struct PartOfFigure: Sendable {
  let plan: PlannedFigure
  let model: LoadedModel
  let identity: NetworkIdentity
  /// The content folder as the user wrote it.
  let contentFolder: String

  /// The picture's path as a command line takes it.
  var imagePath: String { PathText.join(contentFolder, plan.request.image.value.path) }
}

/// A figure as it was planned: the block and all of its parts.
struct WholeFigure: Sendable {
  let request: FigureRequest
  let parts: [PartOfFigure]
}
