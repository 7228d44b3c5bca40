/// What the colours of a figure's maps are measured by.
public enum MapScale: String, CaseIterable, Hashable, Sendable {
  /// Each map by its own maximum.
  case own
  /// All maps of one method by the highest of their maxima.
  case shared
}
