import Diagnostics
import NeuralNetwork

/// What one run gives for one target at one layer: the ingredients of a method's formula.
///
/// Only what the method needs is there; to ask for more is a slip that a test of any of its results finds.
struct RunValues {
  /// What was gathered.
  var activationMaps: Tensor?
  var gradientMaps: Tensor?
  var plainInputGradient: Tensor?
  var guidedGradient: Tensor?
  var networkInput: Tensor?
  var classActivation: (head: ClassActivationHead, maps: Tensor, classIndex: Int)?

  /// A, [1, K, h, w].
  var activation: Tensor { get throws { try required(activationMaps, "the activation at a layer") } }
  /// ∂y/∂A, [1, K, h, w].
  var gradient: Tensor { get throws { try required(gradientMaps, "the gradient at a layer") } }
  /// ∂y/∂x, [1, C, H, W].
  var inputGradient: Tensor { get throws { try required(plainInputGradient, "the gradient at the input") } }
  /// The same under the guided rule.
  var guidedInputGradient: Tensor { get throws { try required(guidedGradient, "the guided gradient at the input") } }
  /// x, [1, C, H, W], in the network's own units.
  var input: Tensor { get throws { try required(networkInput, "the input") } }
  /// The linear layer's weights, the maps before the pooling, [1, K, h, w], and the class.
  var classActivationHead: (head: ClassActivationHead, maps: Tensor, classIndex: Int) {
    get throws { try required(classActivation, "the head of class activation maps") }
  }

  private func required<Value>(_ value: Value?, _ name: String) throws -> Value {
    guard let value else { throw Diagnostic.error("A method reads \(name), which it does not say that it needs.") }
    return value
  }
}
