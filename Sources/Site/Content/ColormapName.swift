/// The colour maps that content may ask for, by name.
public enum ColormapName: String, CaseIterable, Hashable, Sendable {
  case turbo, jet, viridis, inferno, magma, gray
}
