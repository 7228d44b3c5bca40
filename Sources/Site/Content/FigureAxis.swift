/// What the cells of a figure differ by: one axis runs across it, the others down.
public enum FigureAxis: String, CaseIterable, Hashable, Sendable {
  case pictures, models, classes, layers, methods
}
