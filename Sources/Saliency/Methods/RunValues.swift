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
  var deconvolvedGradient: Tensor?
  var networkInput: Tensor?
  var classActivation: (head: ClassActivationHead, maps: Tensor, classIndex: Int)?
  var attentionLayers: AttentionLayers?
  var ownScore: Float?
  var scoresOfPictures: [Float]?
  var meanGradientOfPictures: Tensor?

  /// The part of the picture that the maps of the layer lie over.
  var view = FieldOfView.whole

  /// A, [1, K, h, w].
  var activation: Tensor { get throws { try required(activationMaps, "the activation at a layer") } }
  /// ∂y/∂A, [1, K, h, w].
  var gradient: Tensor { get throws { try required(gradientMaps, "the gradient at a layer") } }
  /// ∂y/∂x, [1, C, H, W].
  var inputGradient: Tensor { get throws { try required(plainInputGradient, "the gradient at the input") } }
  /// The same under the guided rule.
  var guidedInputGradient: Tensor { get throws { try required(guidedGradient, "the guided gradient at the input") } }
  /// The same under the rule of deconvolution.
  var deconvolvedInputGradient: Tensor {
    get throws { try required(deconvolvedGradient, "the deconvolved gradient at the input") }
  }
  /// x, [1, C, H, W], in the network's own units.
  var input: Tensor { get throws { try required(networkInput, "the input") } }
  /// The linear layer's weights, the maps before the pooling, [1, K, h, w], and the class.
  var classActivationHead: (head: ClassActivationHead, maps: Tensor, classIndex: Int) {
    get throws { try required(classActivation, "the head of class activation maps") }
  }

  /// The attention between the tokens of the picture, with its gradients where they are needed.
  var attention: AttentionLayers { get throws { try required(attentionLayers, "the attention between tokens") } }
  /// y of the picture that is explained.
  var score: Float { get throws { try required(ownScore, "the score of the picture") } }
  /// y of each of the probe's pictures.
  var pictureScores: [Float] { get throws { try required(scoresOfPictures, "the scores of pictures") } }
  /// The mean of ∂y/∂x over the probe's pictures, [1, C, H, W].
  var meanGradient: Tensor { get throws { try required(meanGradientOfPictures, "the mean gradient over pictures") } }

  private func required<Value>(_ value: Value?, _ name: String) throws -> Value {
    guard let value else { throw Diagnostic.error("A method reads \(name), which it does not say that it needs.") }
    return value
  }
}
