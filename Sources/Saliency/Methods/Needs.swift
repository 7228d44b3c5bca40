/// What a run of the network must give for a method.
public struct Needs: OptionSet, Hashable, Sendable {
  /// A bit for each need.
  public let rawValue: Int

  /// Creates a set from its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// A, the activation at the target layer.
  public static let activation = Needs(rawValue: 1)
  /// ∂y/∂A, the gradient at the target layer.
  public static let gradient = Needs(rawValue: 2)
  /// ∂y/∂x, the gradient at the input.
  public static let inputGradient = Needs(rawValue: 4)
  /// The gradient at the input under the guided rule.
  public static let guidedInputGradient = Needs(rawValue: 8)
  /// The one linear layer behind global average pooling, and the activation before it.
  public static let classActivationHead = Needs(rawValue: 16)

  /// x, the input itself.
  public static let input = Needs(rawValue: 32)
  /// The gradient at the input under the rule of deconvolution.
  public static let deconvolvedInputGradient = Needs(rawValue: 64)
  /// What each token of a picture attends to, at each layer of attention.
  public static let attention = Needs(rawValue: 128)
  /// ∂y/∂A of that.
  public static let attentionGradient = Needs(rawValue: 256)

  /// What each is called in docs.
  static let names: [(need: Needs, name: String)] = [
    (.activation, "activation"), (.gradient, "gradient"), (.inputGradient, "gradient at the input"),
    (.guidedInputGradient, "guided gradient at the input"),
    (.deconvolvedInputGradient, "gradient at the input by deconvolution"), (.attention, "attention between tokens"),
    (.attentionGradient, "the attention's gradient"),
    (.input, "the input"), (.classActivationHead, "a linear layer behind global average pooling"),
  ]
}
