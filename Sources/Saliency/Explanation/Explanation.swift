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

  /// Whether every gradient and map consists of finite numbers. Others are not worth keeping: findings say why they are not
  /// shown.
  public var isFinite: Bool {
    [gradient, guidedGradient].allSatisfy { $0?.values.allSatisfy(\.isFinite) ?? true }
      && (maps.map(\.signed) + [classActivationMap].compactMap { $0 }).allSatisfy(\.isFinite)
  }

  /// Why a method has nothing to show for this class at a layer, as a sentence: a gradient or a map that is not finite;
  /// `nil` where it has.
  public func finding(_ method: Method, at map: LayerMap?) -> String? {
    func atInput(_ tensor: Tensor?, _ name: String) -> String? {
      tensor?.values.nonFiniteText.map { "The \(name) at the input \($0), so there is nothing to show." }
    }
    switch method {
    case .gradient: return atInput(gradient, "gradient")
    case .guidedBackpropagation: return atInput(guidedGradient, "guided gradient")
    case .guidedGradCAM: return atInput(guidedGradient, "guided gradient") ?? map?.finding
    case .gradCAM, .counterfactual, .localization: return map?.finding
    case .classActivationMap:
      return classActivationMap?.values.nonFiniteText.map {
        "The class activation map \($0), so there is nothing to show."
      }
    }
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
  /// Why there is no map, as a sentence: what is infinite or not a number; `nil` where it is finite.
  public let finding: String?

  /// Creates a map from its values at layer resolution, such as those of an earlier run.
  public init(layer: Layer, signed: Heatmap) {
    self.layer = layer
    self.signed = signed
    finding = signed.values.nonFiniteText.map { "The map at layer \(layer.name) \($0), so there is nothing to show." }
  }

  /// - Parameters:
  ///   - activation: A, in the layer's shape.
  ///   - gradient: ∂y^c/∂A, in the layer's shape.
  init(layer: Layer, activation: Tensor, gradient: Tensor) throws {
    let map = LayerMap(
      layer: layer,
      signed: try GradCAM.signedSum(
        activation: activation.maps(layer.arrangement), gradient: gradient.maps(layer.arrangement)))
    self.layer = layer
    signed = map.signed
    // The cause, where it can be told.
    let cause =
      gradient.values.nonFiniteText.map { "The gradient at layer \(layer.name) \($0)" }
      ?? activation.values.nonFiniteText.map { "The activation of layer \(layer.name) \($0)" }
    finding = map.finding.map { finding in cause.map { "\($0), so there is no map." } ?? finding }
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
