/// What a node does for what guided backpropagation is about: the activations of layers.
enum ActivationRole: Equatable {
  /// A rectifier, to which the guided rule applies.
  case rectifier
  /// Another activation, by its name, such as `SiLU`: it stands where others have a rectifier.
  case other(String)
  /// No activation of a layer: linear, a gate, a normalisation, a distance, pooling, or a part of one of these.
  case none
  /// Not linear, and not recognised; by the operator's name.
  case unknown(String)
}

/// Says which role each node has.
struct ActivationRoles {
  private let reader: GraphReader
  private let rectifiers: RectifierRoles
  private let spelled: SpelledActivations
  /// What has weights behind it.
  private let beforeWeights: Set<Int>

  init(_ reader: GraphReader) {
    self.reader = reader
    rectifiers = RectifierRoles(reader)
    spelled = SpelledActivations(reader)
    var before: Set<Int> = []
    for node in reader.graph.nodes.reversed() where node.hasWeights || node.outputs.contains(where: before.contains) {
      before.formUnion(node.inputs)
    }
    beforeWeights = before
  }

  func role(of node: Graph.Node) -> ActivationRole {
    let output = node.outputs[0]
    if spelled.parts.contains(output) { return .none }
    if let name = spelled.names[output] {
      // A hard sigmoid that weighs something else is no activation.
      let isGateAlone = name == "HardSigmoid" && (isGate(output) || !beforeWeights.contains(output))
      return isGateAlone ? .none : .other(name)
    }
    switch node.operation {
    case let rectifier as Rectifier: return role(of: node, rectifier)
    case let activation as Activation: return role(of: node, activation.function)
    case let math as ElementwiseMath: return role(of: node, math.function)
    case let pair as Pairwise:
      switch pair.function {
      case .leak: return .other("PReLU")
      case .power: return isPart(node) || isBehindRectifier(node) ? .none : .unknown(node.operatorType)
      case .modulo, .remainder: return .unknown(node.operatorType)
      }
    case is Extremum: return isPart(node) ? .none : .other("Maxout")
    case let choice as Where:
      return choice.condition != nil || isPart(node, maySum: false) ? .none : .unknown(node.operatorType)
    case is Softmax: return isGate(node.outputs[0]) || isPart(node) ? .none : .unknown(node.operatorType)
    case is Convolution, is Gemm, is Product, is Einsum, is Arithmetic, is Sum, is Mean, is Concat, is Reshape,
      is Transpose, is Selecting, is Picking, is Pad, is Resize, is PixelShuffle, is ScatterND, is Masking,
      is CumulativeSum:
      return .none
    case is MaxPool, is IndexedMaxPool, is AveragePool, is ReduceMean, is Reduction, is Ranking: return .none
    case is BatchNormalization, is Standardization, is RootMeanSquareNormalization, is LpNormalization,
      is LocalResponseNormalization:
      return .none
    // They step, so that no gradient passes in any case.
    case is Comparison, is OneHot: return .none
    case is LogSoftmax: return isPart(node) ? .none : .unknown(node.operatorType)
    default: return Self.linearOperators.contains(node.operatorType) ? .none : .unknown(node.operatorType)
    }
  }

  /// Operators that only weigh and move what they read.
  private static let linearOperators: Set<String> = ["ConvTranspose", "GridSample", "AffineGrid", "RoiAlign", "Col2Im"]

  private func role(of node: Graph.Node, _ rectifier: Rectifier) -> ActivationRole {
    switch rectifiers.role(of: node, rectifier) {
    case .activation: return .rectifier
    case .gate(ofItself: true): return .other("self-gated \(node.operatorType)")
    case .leak:
      // Two of them make one.
      let isNegated = (reader.producer(node.inputs[0])?.operation as? ElementwiseMath)?.function == .negation
      return isNegated ? .none : .other("PReLU")
    case .guard, .gate, .cap: return .none
    case .other:
      let (lower, upper) = rectifier.function.limits
      return lower < 0 && upper > 0 && upper < 1e30 ? .other("Clip") : .unknown(node.operatorType)
    }
  }

  private func role(of node: Graph.Node, _ function: ActivationFunction) -> ActivationRole {
    switch function {
    case .hardSwish: return .other("HardSwish")
    case .mish: return .other("Mish")
    case .gelu, .geluTanh: return .other("GELU")
    case .elu: return .other("ELU")
    case .leakyRelu: return .other("LeakyReLU")
    case .softplus: return .other("Softplus")
    case .sigmoid: return gate(of: node, itself: "self-gated Sigmoid", alone: "Sigmoid")
    case .tanh: return gate(of: node, itself: "self-gated Tanh", alone: "Tanh")
    case .exponential, .squareRoot, .absolute: return isPart(node) ? .none : .unknown(node.operatorType)
    }
  }

  private func role(of node: Graph.Node, _ function: ElementwiseMath.Function) -> ActivationRole {
    switch function {
    case .errorFunction: return gate(of: node, itself: "self-gated Erf", alone: "Erf")
    case .selu: return .other("SELU")
    case .softsign: return .other("Softsign")
    case .swish: return .other("SiLU")
    case .celu: return .other("CELU")
    case .thresholdedRelu: return .other("ThresholdedReLU")
    case .hardSigmoid: return gate(of: node, itself: "self-gated HardSigmoid", alone: "HardSigmoid")
    case .negation: return .none
    case .floor, .ceiling, .rounding, .truncation, .sign, .isZero, .isNonzero, .isNaN, .isInfinite: return .none
    default: return isPart(node, maySum: false) ? .none : .unknown(node.operatorType)
    }
  }

  /// Whether a rectifier is what the node changes further, as in a squared ReLU: the rule reaches it there.
  private func isBehindRectifier(_ node: Graph.Node) -> Bool {
    reader.operation(node.inputs[0], as: Rectifier.self)?.isGuidable == true
  }

  // MARK: - Gates

  /// Sigmoids and the like weigh what they follow from themselves, or something else, or are activations.
  private func gate(of node: Graph.Node, itself: String, alone: String) -> ActivationRole {
    let factors = factors(of: node.outputs[0])
    let place = reader.producers[node.outputs[0]]
    let sources = place.map { ElementFunction.all(endingAt: $0, reader).map(\.input) } ?? []
    let unscaled = factors.compactMap { reader.unscaled($0)?.value }
    if sources.contains(where: { factors.contains($0) || unscaled.contains($0) }) { return .other(itself) }
    return !factors.isEmpty || !beforeWeights.contains(node.outputs[0]) ? .none : .other(alone)
  }

  /// Whether `value` weighs other activations: by a product with them, perhaps once it has been shifted or scaled.
  func isGate(_ value: Int) -> Bool { !factors(of: value).isEmpty }

  /// The activations that `value` is multiplied by.
  private func factors(of value: Int, depth: Int = 0) -> Set<Int> {
    guard depth < 8 else { return [] }
    var found: Set<Int> = []
    for node in reader.readers(value) {
      let isProduct =
        (node.operation as? Arithmetic)?.function == .multiply || node.operation is Product || node.operation is Einsum
      if isProduct, node.inputs.count == 2 {
        found.formUnion(node.inputs.filter { $0 != value })
      } else if (node.operation as? Arithmetic)?.function == .divide, node.inputs.count == 2, node.inputs[1] != value {
        // A softmax that is spelled out is divided by its sum.
        found.formUnion(factors(of: node.outputs[0], depth: depth + 1))
      } else if node.operation is Product, node.inputs.count == 1 {
        // Weighted places, as a soft maximum has them.
        found.insert(node.outputs[0])
      } else if node.inputs.count == 1,
        node.movesAlone || node.operation is Selecting || node.operation is Arithmetic
          || node.operation is Resize || (node.operation as? ElementwiseMath)?.function == .negation
          || node.operation is Where || node.operation is Masking
      {
        found.formUnion(factors(of: node.outputs[0], depth: depth + 1))
      }
    }
    return found
  }

  // MARK: - Parts

  /// Whether the node is part of a normalisation, a distance, a softmax that is spelled out, or pooling, and so no activation
  /// between two layers: a sum or a mean over some axes is directly before or behind it, or there are no weights behind it.
  ///
  /// - Parameter maySum: whether functions of this kind are summed up in normalisations and pooling, so that one before a mean
  ///   belongs to it.
  private func isPart(_ node: Graph.Node, maySum: Bool = true) -> Bool {
    guard beforeWeights.contains(node.outputs[0]) else { return true }
    return isBehindReduction(node.inputs[0]) || maySum && isBeforeReduction(node.outputs[0])
  }

  /// Whether a sum or a mean is directly before or behind the node.
  func isPartOfSum(_ node: Graph.Node) -> Bool {
    isBehindReduction(node.inputs[0]) || isBeforeReduction(node.outputs[0])
  }

  private func isBehindReduction(_ value: Int, depth: Int = 0) -> Bool {
    guard depth < 8, let node = reader.producer(value) else { return false }
    if node.isReduction { return true }
    return node.isScalar(in: reader) && isBehindReduction(node.inputs[0], depth: depth + 1)
  }

  private func isBeforeReduction(_ value: Int, depth: Int = 0) -> Bool {
    let readers = reader.readers(value)
    guard depth < 8, !readers.isEmpty else { return false }
    return readers.allSatisfy { node in
      if node.isReduction { return true }
      if (node.operation as? Arithmetic)?.function == .divide, node.inputs.count == 2 {
        // It is divided by a sum over itself.
        return node.inputs[0] == value && readers.contains { $0.isReduction }
      }
      return node.isScalar(in: reader) && isBeforeReduction(node.outputs[0], depth: depth + 1)
    }
  }
}

extension Graph.Node {
  /// Whether the node takes a sum, a mean or another statistic over some axes.
  fileprivate var isReduction: Bool {
    switch operation {
    case is Reduction, is ReduceMean: true
    case let pool as AveragePool: pool.window.kernel.contains { $0 > 1 }
    default: false
    }
  }

  /// Whether the node changes each element by itself, or only moves elements.
  fileprivate func isScalar(in reader: GraphReader) -> Bool {
    switch operation {
    case is Reshape, is Transpose, is Rectifier, is ElementwiseMath: true
    case let activation as Activation:
      [.squareRoot, .exponential, .absolute].contains(activation.function)
    case let pair as Pairwise: pair.function == .power
    case is Arithmetic: reader.withNumber(self) != nil
    case let selecting as Selecting: selecting.selections.count == 1
    default: false
    }
  }
}
