/// A scale of colours for values from 0 to 1, by matplotlib's name for it.
public enum Colormap: String, CaseIterable, Hashable, Sendable {
  case turbo, jet, viridis, inferno, magma, gray
  /// Blue below the middle and red above, for values of both signs.
  case coolwarm
}
