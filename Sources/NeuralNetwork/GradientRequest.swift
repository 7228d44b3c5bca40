/// One gradient to compute: of which target, by which rule, and where to.
public struct GradientRequest: Hashable, Sendable {
  /// The scalar that is differentiated.
  public let target: Target
  /// How rectifiers let the gradient through.
  public let rule: ReLURule
  /// Whether the gradient at the picture is wanted.
  public let toInput: Bool
  /// The tensors at which it is wanted.
  public let tensors: [TensorReference]
  /// The layers at which it is wanted.
  public let layers: [Layer]

  /// Creates a request.
  public init(
    _ target: Target, rule: ReLURule = .standard, toInput: Bool = false, at tensors: [TensorReference] = [],
    layers: [Layer] = []
  ) {
    self.target = target
    self.rule = rule
    self.toInput = toInput
    self.tensors = tensors
    self.layers = layers
  }

  /// Creates a request for a class, counted from 0.
  public init(classIndex: Int, rule: ReLURule = .standard, toInput: Bool = false, layers: [Layer] = []) {
    self.init(.class(classIndex), rule: rule, toInput: toInput, layers: layers)
  }

  /// All the tensors at which it is wanted, but for the picture, and as which layers.
  var places: [(TensorReference, Layer?)] { tensors.map { ($0, nil) } + layers.map { ($0.reference, $0) } }
}

/// ∂y at the places that a request named.
public struct Gradients: Equatable, Sendable {
  /// At the picture, [1, C, H, W], if asked for.
  public internal(set) var input: Tensor?
  /// In the tensor's shape, for each tensor asked for.
  public internal(set) var tensors: [TensorReference: Tensor] = [:]
  /// In the layer's shape, for each layer asked for.
  public internal(set) var layers: [Layer: Tensor] = [:]
}
