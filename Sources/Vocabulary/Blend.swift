/// How a map in colours lets the photo below it through.
public enum Blend: String, CaseIterable, Hashable, Sendable {
  /// The more evidence, the more colour: where there is none, the photo is untouched.
  case fade
  /// The same share of colour everywhere.
  case flat
}
