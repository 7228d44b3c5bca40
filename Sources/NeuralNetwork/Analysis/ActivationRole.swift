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
  /// What has weights behind it.
  private let beforeWeights: Set<Int>

  init(_ reader: GraphReader) {
    self.reader = reader
    rectifiers = RectifierRoles(reader)
    var before: Set<Int> = []
    for node in reader.graph.nodes.reversed() where node.hasWeights || node.outputs.contains(where: before.contains) {
      before.formUnion(node.inputs)
    }
    beforeWeights = before
  }

  func role(of node: Graph.Node) -> ActivationRole {
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
    case is Extremum: return isLeaky(node) ? .other("LeakyReLU") : isPart(node) ? .none : .other("Maxout")
    case let choice as Where: return choice.condition == nil ? branching(node) : .none
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
    case .gate(ofItself: true): return .other("HardSwish")
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
    case .softplus:
      // x · tanh(softplus(x)) is counted at its tanh.
      return reader.readers(node.outputs[0]).contains { isTanh($0) } ? .none : .other("Softplus")
    case .sigmoid: return sigmoid(node)
    case .tanh: return tanh(node)
    case .absolute where isSoftsign(node): return .other("Softsign")
    case .exponential, .squareRoot, .absolute: return isPart(node) ? .none : .unknown(node.operatorType)
    }
  }

  /// x / (1 + |x|), where `node` is |x|.
  private func isSoftsign(_ node: Graph.Node) -> Bool {
    let sums = reader.readers(node.outputs[0])
    guard sums.count == 1, reader.unshifted(sums[0].outputs[0])?.shift == 1 else { return false }
    return reader.readers(sums[0].outputs[0]).contains { quotient in
      (quotient.operation as? Arithmetic)?.function == .divide
        && quotient.inputs == [node.inputs[0], sums[0].outputs[0]]
    }
  }

  private func role(of node: Graph.Node, _ function: ElementwiseMath.Function) -> ActivationRole {
    switch function {
    // Old operator sets spell GELU out; nothing else in a classifier uses the error function.
    case .errorFunction: return .other("GELU")
    case .selu: return .other("SELU")
    case .softsign: return .other("Softsign")
    case .swish: return .other("SiLU")
    case .celu: return .other("CELU")
    case .thresholdedRelu: return .other("ThresholdedReLU")
    case .hardSigmoid: return gate(of: node, itself: "HardSwish", alone: "HardSigmoid")
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

  /// Sigmoids are gates, or with what they are made of SiLU and QuickGELU.
  private func sigmoid(_ node: Graph.Node) -> ActivationRole {
    let slope = reader.unscaled(node.inputs[0])
    let name =
      switch slope?.factor {
      case nil: "SiLU"
      case .some(let factor) where abs(factor - 1.702) < 0.01: "QuickGELU"
      case .some: "Swish"
      }
    return gate(of: node, itself: name, alone: "Sigmoid")
  }

  private func gate(of node: Graph.Node, itself: String, alone: String) -> ActivationRole {
    let factors = factors(of: node.outputs[0])
    let input = node.inputs[0]
    let sources = [input, reader.unscaled(input)?.value, reader.unshifted(input)?.value].compactMap(\.self)
    if sources.contains(where: factors.contains) { return .other(itself) }
    return !factors.isEmpty || !beforeWeights.contains(node.outputs[0]) ? .none : .other(alone)
  }

  private func tanh(_ node: Graph.Node) -> ActivationRole {
    let factors = factors(of: node.outputs[0])
    let input = node.inputs[0]
    if let inner = reader.producer(input), isSoftplus(inner), factors.contains(inner.inputs[0]) {
      return .other("Mish")
    }
    // ½ x (1 + tanh(√(2/π) (x + 0.0447 x³))).
    let before = ancestors(of: input, depth: 6)
    if factors.contains(where: { factor in
      before.contains(factor) || reader.unscaled(factor).map { before.contains($0.value) } ?? false
    }) {
      return .other("GELU")
    }
    return !factors.isEmpty || !beforeWeights.contains(node.outputs[0]) ? .none : .other("Tanh")
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

  private func isTanh(_ node: Graph.Node) -> Bool { (node.operation as? Activation)?.function == .tanh }
  private func isSoftplus(_ node: Graph.Node) -> Bool { (node.operation as? Activation)?.function == .softplus }

  private func ancestors(of value: Int, depth: Int) -> Set<Int> {
    var found: Set<Int> = [value]
    var front = [value]
    for _ in 0..<depth {
      front = front.flatMap { reader.producer($0)?.inputs ?? [] }.filter { found.insert($0).inserted }
    }
    return found
  }

  // MARK: - Spelled activations

  /// Max(x, a · x), with 0 < a < 1.
  private func isLeaky(_ node: Graph.Node) -> Bool {
    guard (node.operation as? Extremum)?.isMaximum == true, node.inputs.count == 2 else { return false }
    return zip(node.inputs, node.inputs.reversed()).contains { value, other in
      reader.unscaled(other).map { $0.value == value && (0..<1).contains($0.factor) } ?? false
    }
  }

  /// x where it is positive, and something else of x elsewhere: ELU with an exponential, LeakyReLU with a factor.
  private func branching(_ node: Graph.Node) -> ActivationRole {
    let branches = node.inputs.dropFirst()
    for (value, other) in zip(branches, branches.reversed()) where value != other {
      if reader.unscaled(other)?.value == value { return .other("LeakyReLU") }
      let before = ancestors(of: other, depth: 5)
      guard before.contains(value) else { continue }
      // A softplus that becomes x itself where it is large is counted once.
      if before.contains(where: { reader.producer($0).map(isSoftplus) ?? false }) { return .none }
      let isExponential = before.contains { (reader.producer($0)?.operation as? Activation)?.function == .exponential }
      if isExponential { return .other("ELU") }
    }
    return isPart(node, maySum: false) ? .none : .unknown(node.operatorType)
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
