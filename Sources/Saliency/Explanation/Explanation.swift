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
  /// What the run gave, by method and layer.
  public let computed: [Cell: Attribution]

  private let inputShape: [Int]
  /// Why a computed cell is not finite, where that can be told.
  private let causes: [Cell: Finding]

  /// Creates an explanation from its parts, such as those of an earlier run.
  ///
  /// - Parameters:
  ///   - inputShape: of the network's input, [1, C, H, W].
  ///   - computed: what the run gave.
  /// - Precondition: `scores` has the class.
  public init(
    classIndex: Int, scores: Scores, inputShape: [Int], computed: [Cell: Attribution], causes: [Cell: Finding] = [:]
  ) {
    self.classIndex = classIndex
    logit = scores.logits[classIndex]
    probability = scores.probabilities[classIndex]
    rank = scores.rank(of: classIndex)
    self.inputShape = inputShape
    self.computed = computed
    self.causes = causes
  }

  /// What a method yields at a layer.
  ///
  /// - Parameter threshold: the share of a map's maximum, 0…1, above which a cell counts for a box.
  /// - Throws: `Diagnostic` where the method was not asked for, or not at this layer.
  public func attribution(
    _ method: Method, at layer: Layer? = nil, threshold: Float = Localization.defaultThreshold
  ) throws -> Attribution {
    switch method.formula {
    case .ofRun:
      guard let found = computed[Cell(method, at: layer)] else {
        throw Diagnostic.error(
          "“\(method.id)” was not asked for\(layer.map { " at layer \($0.name)" } ?? "").",
          hint: "Ask for it when the picture is explained.")
      }
      return found
    case .of(let methods, let formula):
      return try formula(
        methods.map { try attribution($0, at: layer, threshold: threshold) },
        MethodContext(layer: layer, inputShape: inputShape, threshold: threshold))
    }
  }

  /// Whether everything that the run gave consists of finite numbers. What does not is not worth keeping: findings say why it
  /// is not shown.
  public var isFinite: Bool { computed.values.allSatisfy { $0.values.allSatisfy(\.isFinite) } }

  /// Why a method has nothing to show for this class at a layer: something that it is made of is not finite; `nil` where it has.
  public func finding(_ method: Method, at layer: Layer?) -> Finding? {
    for part in method.computed {
      let cell = Cell(part, at: layer)
      guard let count = computed[cell].flatMap({ NonFiniteCount($0.values) }) else { continue }
      if let cause = causes[cell] { return cause }
      return cell.layer.map { .mapIsNotFinite(layer: $0.name, count) }
        ?? .resultIsNotFinite(method: part.id, count)
    }
    return nil
  }
}
