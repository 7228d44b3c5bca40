/// The forms in which plans run one convolution of a graph, each prepared once: another plan finds them ready.
final class ConvolutionForms {
  /// What is fused into a convolution.
  struct Form: Hashable {
    var affine: ConvolutionWeights.Affine?
    /// Whether a second tensor is added to the sums.
    var adds = false
    /// What follows the addition.
    var rectifier: ElementwiseFunction?
  }

  private let weights: Constant
  private let bias: Constant?
  private let groups: Int
  private let window: Window
  private var folded: [ConvolutionWeights.Affine?: ConvolutionWeights] = [:]
  private var prepared: [Form: PreparedConvolution] = [:]

  /// - Parameters:
  ///   - weights: [M, C/g, kH, kW].
  ///   - bias: [M].
  init(_ weights: Constant, bias: Constant?, groups: Int, window: Window) {
    self.weights = weights
    self.bias = bias
    self.groups = groups
    self.window = window
  }

  subscript(form: Form) -> PreparedConvolution {
    if let known = prepared[form] { return known }
    let multiplied =
      folded[form.affine] ?? ConvolutionWeights(weights, bias: bias, groups: groups, affine: form.affine)
    folded[form.affine] = multiplied
    let fresh = PreparedConvolution(multiplied, window: window, adds: form.adds, rectifier: form.rectifier)
    prepared[form] = fresh
    return fresh
  }
}
