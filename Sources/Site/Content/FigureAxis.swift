/// What the cells of a figure differ by: one axis runs across it, the others down.
public enum FigureAxis: String, CaseIterable, Hashable, Sendable {
  /// `inputs` are what the networks are given beside the picture, such as questions; `classes` are whatever is explained.
  case pictures, inputs, models, classes, layers, methods
}
