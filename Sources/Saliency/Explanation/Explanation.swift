import Diagnostics
public import NeuralNetwork

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
  /// What was found, by method and layer.
  public let attributions: Attributions

  /// Creates an explanation from its parts, such as those of an earlier run.
  ///
  /// - Precondition: `scores` has the class.
  public init(classIndex: Int, scores: Scores, _ attributions: Attributions) {
    self.classIndex = classIndex
    logit = scores.logits[classIndex]
    probability = scores.probabilities[classIndex]
    rank = scores.rank(of: classIndex)
    self.attributions = attributions
  }

  /// What a method yields at a layer.
  ///
  /// - Parameter threshold: the share of a map's maximum, 0…1, above which a cell counts for a box.
  /// - Throws: `Diagnostic` where the method was not asked for, or not at this layer.
  public func attribution(
    _ method: Method, at layer: Layer? = nil, threshold: Float = Localization.defaultThreshold
  ) throws -> Attribution {
    try attributions.attribution(method, at: layer, threshold: threshold)
  }

  /// Why a method has nothing to show for this class at a layer; `nil` where it has.
  public func finding(_ method: Method, at layer: Layer?) -> Finding? { attributions.finding(method, at: layer) }
}

/// What was found for a target that need not be a class.
public struct TargetExplanation: Sendable {
  /// What is explained.
  public let target: Target
  /// Its value for the picture.
  public let value: Float
  /// What was found, by method and layer.
  public let attributions: Attributions

  /// Creates an explanation from its parts, such as those of an earlier run.
  public init(target: Target, value: Float, attributions: Attributions) {
    self.target = target
    self.value = value
    self.attributions = attributions
  }
}
