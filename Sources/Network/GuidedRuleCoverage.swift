/// Which activations of a network the guided rule reaches.
///
/// Guided backpropagation is defined for rectifiers. Smooth activations that took their place keep their plain
/// derivative, so that in a network without rectifiers the guided gradient is the plain one.
public struct GuidedRuleCoverage: Equatable, Codable, Sendable, CustomStringConvertible {
  /// Relu, and Clip from zero.
  public let rectifierCount: Int
  /// How many activations of each other kind there are, such as `SiLU`.
  public let others: [String: Int]

  init(_ graph: Graph, logits: Int) {
    let used = graph.ancestors(of: logits)
    let producers = graph.producers
    var rectifierCount = 0
    var others: [String: Int] = [:]
    for node in graph.nodes where used.contains(node.outputs[0]) {
      if let rectifier = node.operation as? Rectifier, rectifier.isGuidable {
        rectifierCount += 1
      } else if let kind = Self.kind(of: node, gate: { value in producers[value].map { graph.nodes[$0] } }) {
        others[kind, default: 0] += 1
      }
    }
    self.rectifierCount = rectifierCount
    self.others = others
  }

  /// The name of an activation that stands where others have a rectifier, or `nil` where the node is none.
  private static func kind(of node: Graph.Node, gate producer: (Int) -> Graph.Node?) -> String? {
    switch node.operation {
    // A bound that keeps a divisor from zero stands for no rectifier.
    case let rectifier as Rectifier: return rectifier.isCutOnBothSides ? "Clip" : nil
    case let pair as Pairwise: return pair.function == .leak ? "PReLU" : nil
    case let activation as Activation: return activation.function.rectifierLikeName
    case let math as ElementwiseMath: return math.function.rectifierLikeName
    case let product as Arithmetic where product.function == .multiply:
      // x · sigmoid(x): the gate reads what it multiplies.
      for gate in node.inputs {
        guard let source = producer(gate), let x = source.inputs.first, node.inputs.contains(x), x != gate else {
          continue
        }
        if (source.operation as? Activation)?.function == .sigmoid { return "SiLU" }
        if case .hardSigmoid = (source.operation as? ElementwiseMath)?.function { return "HardSwish" }
      }
      return nil
    default: return nil
    }
  }

  /// A sentence for readers.
  public var description: String {
    let reached = rectifierCount == 1 ? "1 rectifier" : "\(rectifierCount) rectifiers"
    guard !others.isEmpty else { return "reaches \(reached), all there are" }
    let kinds = others.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    return "reaches \(reached), but not \(kinds)"
  }
}

extension Rectifier {
  /// Whether values below zero pass in part, as in a hard hyperbolic tangent.
  fileprivate var isCutOnBothSides: Bool {
    if case .clip(let lower, let upper) = function { lower < 0 && upper > 0 } else { false }
  }
}

extension ActivationFunction {
  fileprivate var rectifierLikeName: String? {
    switch self {
    case .hardSwish: "HardSwish"
    case .mish: "Mish"
    case .gelu, .geluTanh: "GELU"
    case .softplus: "Softplus"
    case .elu: "ELU"
    case .leakyRelu: "LeakyReLU"
    case .sigmoid, .tanh, .exponential, .squareRoot, .absolute: nil
    }
  }
}

extension ElementwiseMath.Function {
  fileprivate var rectifierLikeName: String? {
    switch self {
    // Old operator sets spell GELU out; nothing else in a classifier uses the error function.
    case .errorFunction: "GELU"
    case .selu: "SELU"
    case .swish: "SiLU"
    case .celu: "CELU"
    case .thresholdedRelu: "ThresholdedReLU"
    default: nil
    }
  }
}
