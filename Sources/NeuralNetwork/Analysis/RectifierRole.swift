/// What a rectifier is there for: as the activation of a layer, to which guided backpropagation applies, or as a small part
/// of something else.
///
/// The operator's name does not say it. Exporters write a lower bound that keeps a root, a logarithm or a divisor from its
/// singularity as Clip or Relu, and the gate of a HardSwish as a ReLU6; optimisers join a Relu with the small lower bound
/// behind it.
enum RectifierRole: Equatable {
  /// The activation of a layer, max(x, 0) or min(max(x, 0), b).
  case activation
  /// Keeps a root, a logarithm or a divisor from its singularity, or changes nothing but rounding.
  case `guard`
  /// A hard sigmoid that something is multiplied by; by what it is made of, if it is `itself` a HardSwish.
  case gate(ofItself: Bool)
  /// The upper bound of a rectifier.
  case cap
  /// One half of a leaky rectifier: relu(x) − a · relu(−x).
  case leak
  /// A bound that is none of these, such as a hard hyperbolic tangent.
  case other
}

/// Says which role each rectifier of a graph has.
struct RectifierRoles {
  private let reader: GraphReader
  private let bounds: ValueBounds
  /// What has a convolution or a matrix product before it, or none behind it: where a layer's activation can stand.
  private let behindWeights: Set<Int>
  private let beforeWeights: Set<Int>

  /// A lower bound up to this stands for 0.
  private static let smallBound: Float = 1e-3

  init(_ reader: GraphReader) {
    self.reader = reader
    bounds = ValueBounds(reader)
    var behind: Set<Int> = []
    for node in reader.graph.nodes where node.hasWeights || node.inputs.contains(where: behind.contains) {
      behind.formUnion(node.outputs)
    }
    var before: Set<Int> = []
    for node in reader.graph.nodes.reversed() where node.hasWeights || node.outputs.contains(where: before.contains) {
      before.formUnion(node.inputs)
    }
    behindWeights = behind
    beforeWeights = before
  }

  /// The role of `node`, whose operation is `rectifier`.
  func role(of node: Graph.Node, _ rectifier: Rectifier) -> RectifierRole {
    let (lower, upper) = rectifier.function.limits
    let (input, output) = (node.inputs[0], node.outputs[0])
    let isBounded = upper < 1e30
    guard lower > -1e30 else {
      return bounds[input].lower >= 0 || isCutBelow(output) ? .cap : isGuard(output) ? .guard : .other
    }
    guard lower >= 0, lower <= Self.smallBound, upper > lower else { return isGuard(output) ? .guard : .other }
    let isNamed = node.operatorType.hasSuffix("Relu") || node.operatorType == "Relu6"
    let closesConvolution = isNamed && (reader.producer(input).map { $0.operation.isNormalizedConvolution } ?? false)
    if !closesConvolution, isGuard(output) || isRounded(input) { return .guard }
    // A bound that is never reached changes nothing, unless the file calls it an activation.
    if !isNamed, bounds[input].lower >= 0, lower > 0 || !isBounded || bounds[input].upper <= upper { return .guard }
    // What is a rectifier already only gets an upper bound.
    if !isNamed, isBounded, let inner = reader.operation(input, as: Rectifier.self), inner.function.limits.lower == 0 {
      return .cap
    }
    // The picture itself may be brought into its range.
    if !isNamed, isBounded, !behindWeights.contains(output), beforeWeights.contains(output) { return .guard }
    if let gate = gate(of: node) { return gate }
    return isLeak(node) ? .leak : .activation
  }

  // MARK: - Guards

  /// Whether all that reads `value`, behind changes of shape and of scale, is a root, a logarithm, a reciprocal or a division
  /// by it.
  private func isGuard(_ value: Int, depth: Int = 0) -> Bool {
    let readers = reader.readers(value)
    guard !readers.isEmpty, depth < 12 else { return false }
    return readers.allSatisfy { node in
      switch node.operation {
      case let activation as Activation: return activation.function == .squareRoot
      case let math as ElementwiseMath: return math.function == .logarithm || math.function == .reciprocal
      case let pair as Pairwise:
        guard pair.function == .power, case .value(value) = node.operands[0],
          case .constant(let constant) = node.operands[1],
          let exponent = constant.onlyNumber
        else { return false }
        return exponent < 1
      case let pair as Arithmetic:
        if pair.function == .divide, case .value(value) = node.operands[1] {
          if case .value(value) = node.operands[0] { return false }
          return true
        }
        // With a number that is not small, nothing is near its singularity.
        guard let found = reader.withNumber(node), found.number >= 0, pair.function != .subtract,
          pair.function == .add ? found.number <= 1e-2 : found.number > 0
        else { return false }
        return isGuard(node.outputs[0], depth: depth + 1)
      case is Reshape, is Transpose: return isGuard(node.outputs[0], depth: depth + 1)
      case let selecting as Selecting where selecting.selections.count == 1:
        return isGuard(node.outputs[0], depth: depth + 1)
      default: return false
      }
    }
  }

  /// Whether the value is rounded: numbers that are brought into the range of an integer type.
  private func isRounded(_ value: Int, depth: Int = 0) -> Bool {
    guard depth < 4, let node = reader.producer(value) else { return false }
    switch (node.operation as? ElementwiseMath)?.function {
    case .rounding?, .floor?: return true
    default: return reader.unshifted(value).map { isRounded($0.value, depth: depth + 1) } ?? false
    }
  }

  // MARK: - Gates

  /// Whether the node is a hard sigmoid, clip(x + b/2, 0, b) / b, and what it is multiplied by.
  private func gate(of node: Graph.Node) -> RectifierRole? {
    var (input, output) = (node.inputs[0], node.outputs[0])
    var upper = (node.operation as? Rectifier)?.function.limits.upper ?? .infinity
    // The lower and the upper bound may be nodes of their own.
    if upper >= 1e30, let bound = soleCap(behind: output) {
      (output, upper) = bound
    } else if upper >= 1e30, let cap = reader.producer(input), let rectifier = cap.operation as? Rectifier,
      rectifier.function.limits.lower <= -1e30
    {
      (input, upper) = (cap.inputs[0], rectifier.function.limits.upper)
    }
    guard upper < 1e30, upper > 0 else { return nil }
    let shifted = reader.unshifted(input)
    let isCentred = shifted.map { abs($0.shift - upper / 2) <= 1e-3 * upper } ?? false
    let origin = (shifted?.value ?? input)
    let source = reader.unscaled(origin)?.value ?? origin
    let product = products(of: output, scale: 1, below: upper)
    if isCentred { return .gate(ofItself: product.others.contains(source) || product.others.contains(origin)) }
    return product.isGate ? .gate(ofItself: product.others.contains(source)) : nil
  }

  /// Whether a lower bound of 0 is all that reads the value.
  private func isCutBelow(_ value: Int) -> Bool {
    let readers = reader.readers(value)
    return readers.count == 1 && (readers[0].operation as? Rectifier)?.function.limits.lower ?? -1 >= 0
  }

  private func soleCap(behind value: Int) -> (output: Int, upper: Float)? {
    let readers = reader.readers(value)
    guard readers.count == 1, let rectifier = readers[0].operation as? Rectifier,
      rectifier.function.limits.lower <= 0, rectifier.function.limits.upper < 1e30
    else { return nil }
    return (readers[0].outputs[0], rectifier.function.limits.upper)
  }

  /// The activations that `value` is multiplied by, directly or once it has been divided by its upper bound.
  ///
  /// - Returns: what it is multiplied by at any scale, and whether one of the products is with a value in 0…1, as a gate's is.
  private func products(
    of value: Int, scale: Float, below upper: Float, depth: Int = 0
  ) -> (others: Set<Int>, isGate: Bool) {
    var others: Set<Int> = []
    var isGate = false
    for node in depth < 8 ? reader.readers(value) : [] {
      if let found = reader.withNumber(node), let function = (node.operation as? Arithmetic)?.function,
        function == .multiply || function == .divide && found.isFirst
      {
        let factor = function == .multiply ? found.number : 1 / found.number
        let further = products(of: node.outputs[0], scale: scale * factor, below: upper, depth: depth + 1)
        others.formUnion(further.others)
        isGate = isGate || further.isGate
      } else if node.movesAlone || node.operation is Selecting {
        let further = products(of: node.outputs[0], scale: scale, below: upper, depth: depth + 1)
        others.formUnion(further.others)
        isGate = isGate || further.isGate
      } else if (node.operation as? Arithmetic)?.function == .multiply, node.inputs.count == 2 {
        others.formUnion(node.inputs.filter { $0 != value })
        isGate = isGate || abs(scale * upper - 1) < 1e-3
        // x · relu6(x + 3) may be divided by 6 afterwards.
        if let rest = reader.readers(node.outputs[0]).first.flatMap({ reader.unscaled($0.outputs[0]) }),
          rest.value == node.outputs[0], abs(scale * rest.factor * upper - 1) < 1e-3
        {
          isGate = true
        }
      }
    }
    return (others, isGate)
  }

  // MARK: - Leaky rectifiers

  /// Whether the node is one half of relu(x) + a · relu(−x), as Keras writes PReLU.
  private func isLeak(_ node: Graph.Node) -> Bool {
    for reading in reader.readers(node.outputs[0]) {
      guard let pair = reading.operation as? Arithmetic, reading.inputs.count <= 2 else { continue }
      let sums = pair.function == .multiply ? reader.readers(reading.outputs[0]) : [reading]
      for sum in sums {
        guard let function = (sum.operation as? Arithmetic)?.function, function == .add || function == .subtract,
          sum.inputs.count == 2
        else { continue }
        let halves = sum.inputs.map { half($0) }
        guard let first = halves[0], let second = halves[1], first.value == second.value,
          first.isNegated != second.isNegated, first.isScaled != second.isScaled
        else { continue }
        return true
      }
    }
    return false
  }

  /// x, where `value` is relu(x) or relu(−x), perhaps times constants.
  private func half(_ value: Int, depth: Int = 0) -> (value: Int, isNegated: Bool, isScaled: Bool)? {
    guard depth < 4, let node = reader.producer(value) else { return nil }
    if let rectifier = node.operation as? Rectifier, rectifier.function == .relu {
      let inner = reader.producer(node.inputs[0])
      let isNegated = (inner?.operation as? ElementwiseMath)?.function == .negation
      return (isNegated ? inner?.inputs[0] ?? node.inputs[0] : node.inputs[0], isNegated, false)
    }
    if (node.operation as? ElementwiseMath)?.function == .negation {
      return half(node.inputs[0], depth: depth + 1)
    }
    guard (node.operation as? Arithmetic)?.function == .multiply, node.inputs.count == 1, node.operands.count == 2,
      let inner = half(node.inputs[0], depth: depth + 1)
    else { return nil }
    return (inner.value, inner.isNegated, true)
  }
}

extension Operator {
  /// Whether this ends what a convolution computes, before its activation.
  fileprivate var isNormalizedConvolution: Bool { self is Convolution || self is BatchNormalization }
}
