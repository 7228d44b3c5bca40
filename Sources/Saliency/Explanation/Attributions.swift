import Diagnostics
public import NeuralNetwork

/// What was found for one target of one picture, by method and layer.
public struct Attributions: Sendable {
  /// What the run gave, by method and layer.
  public let computed: [Cell: Attribution]

  private let inputShape: [Int]
  /// Why a computed cell is not finite, where that can be told.
  private let causes: [Cell: Finding]

  /// Creates attributions from their parts, such as those of an earlier run.
  ///
  /// - Parameter inputShape: of the network's input, [1, C, H, W].
  public init(_ computed: [Cell: Attribution], inputShape: [Int], causes: [Cell: Finding] = [:]) {
    self.computed = computed
    self.inputShape = inputShape
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
    case .ofRun, .ofPictures:
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

  /// Why a method has nothing to show at a layer: something that it is made of is not finite; `nil` where it has.
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
