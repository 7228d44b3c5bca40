/// What is to be known of a cell besides its picture, or instead of it.
///
/// Facts are kept typed; they become words when somebody is told of them (``text``).
public enum Finding: Codable, Hashable, Sendable {
  /// A tensor at the input, or CAM, that is not finite: there is nothing to show. `method` yields it.
  case resultIsNotFinite(method: String, NonFiniteCount)
  /// A map at a layer that is not finite, for no known cause.
  case mapIsNotFinite(layer: String, NonFiniteCount)
  /// A map at a layer that is not finite because the gradient there is not.
  case gradientIsNotFinite(layer: String, NonFiniteCount)
  /// A map at a layer that is not finite because the activation there is not.
  case activationIsNotFinite(layer: String, NonFiniteCount)
  /// What the method yields is blank.
  case nothing(method: String, layer: String?)
}
