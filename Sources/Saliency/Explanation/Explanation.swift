public import Imaging
public import Network

/// What was found for one class of one picture.
public struct Explanation: Sendable {
  /// c, counted from 0.
  public let classIndex: Int
  /// y^c before any softmax or sigmoid.
  public let logit: Float
  /// 0…1: softmax(y)_c, or sigmoid(y^c) where classes do not exclude each other.
  public let probability: Float
  /// 1 for the class with the highest logit.
  public let rank: Int
  /// ∂y^c/∂x, [1, C, H, W], if asked for.
  public let gradient: Tensor?
  /// The guided gradient at the input, [1, C, H, W], if asked for.
  public let guidedGradient: Tensor?
  /// The maps of each target layer, in the order asked for.
  public let maps: [LayerMap]
  /// CAM at layer resolution, not rectified, if asked for.
  public let classActivationMap: Heatmap?

  /// Creates an explanation from its parts, such as those of an earlier run.
  ///
  /// - Precondition: `scores` has the class.
  public init(
    classIndex: Int, scores: Scores, gradient: Tensor?, guidedGradient: Tensor?, maps: [LayerMap],
    classActivationMap: Heatmap?
  ) {
    self.classIndex = classIndex
    logit = scores.logits[classIndex]
    probability = scores.probabilities[classIndex]
    rank = scores.rank(of: classIndex)
    self.gradient = gradient
    self.guidedGradient = guidedGradient
    self.maps = maps
    self.classActivationMap = classActivationMap
  }

  /// Guided Grad-CAM at a layer, [1, C, H, W], if the guided gradient was asked for.
  public func guidedGradCAM(at map: LayerMap) -> Tensor? {
    guidedGradient.map { GuidedGradCAM.product(guided: $0, map: map.gradCAM, view: map.layer.view) }
  }
}

/// Grad-CAM and its counterfactual at one layer.
public struct LayerMap: Sendable {
  /// The target layer.
  public let layer: Layer
  /// Σ_k α_k A^k at layer resolution: positive where the layer speaks for the class, negative where against.
  public let signed: Heatmap

  /// Creates a map from its values at layer resolution, such as those of an earlier run.
  public init(layer: Layer, signed: Heatmap) {
    self.layer = layer
    self.signed = signed
  }

  /// - Parameters:
  ///   - activation: A, in the layer's shape.
  ///   - gradient: ∂y^c/∂A, in the layer's shape.
  init(layer: Layer, activation: Tensor, gradient: Tensor) throws {
    self.layer = layer
    signed = try GradCAM.signedSum(
      activation: activation.maps(layer.arrangement), gradient: gradient.maps(layer.arrangement))
  }

  /// Grad-CAM, max(S, 0), not normalised.
  public var gradCAM: Heatmap { signed.rectified(by: 1) }

  /// What speaks against the class, max(−S, 0), not normalised.
  public var counterfactual: Heatmap { signed.rectified(by: -1) }
}

extension Heatmap {
  /// max(sign · S, 0).
  fileprivate func rectified(by sign: Float) -> Heatmap { mapValues { max(sign * $0, 0) } }
}
