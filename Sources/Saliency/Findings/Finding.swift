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
  /// It is blank because no cell of the map that it cuts at zero speaks for the target; the lowest and highest of them.
  case allAgainst(layer: String, lowest: Float, highest: Float)
  /// The class's probability is 1 to rounding. `lead` is by how much the class's score exceeds what all others have together; `nil`
  /// where the network gives no score, and the probability itself is explained.
  case saturated(lead: Float?)
  /// The method's results are the same for all classes beside each other: so many, with at most this difference as a share of
  /// the maximum.
  case sameForAll(method: String, layer: String?, classes: Int, difference: Float)
  /// The input is not what a network of this card expects.
  case doubtfulInput(InputDoubt)

  /// Whether it is about several classes together.
  public var isOfSeveral: Bool { if case .sameForAll = self { true } else { false } }

  /// Whether it speaks against the picture, and not of what is right and should be known.
  public var isWarning: Bool { if case .saturated = self { false } else { true } }
}
