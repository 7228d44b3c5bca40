import Foundation

/// Between which numbers each activation lies whatever the picture is, as far as the graph says.
///
/// What is not known has no bounds. Rounding is not counted.
struct ValueBounds {
  /// From the least to the greatest number; perhaps infinite.
  struct Interval: Equatable {
    var lower: Float
    var upper: Float

    init(_ lower: Float, _ upper: Float) {
      // A bound that comes to no number says nothing.
      self.lower = lower.isNaN ? -.infinity : lower
      self.upper = upper.isNaN ? .infinity : upper
    }

    static let all = Interval(-.infinity, .infinity)
    static let positive = Interval(0, .infinity)
    static let unit = Interval(0, 1)

    /// Whether everything in it can be a probability.
    var isProbable: Bool { lower >= -1e-4 && upper <= 1 + 1e-4 }

    func union(_ other: Interval) -> Interval { Interval(min(lower, other.lower), max(upper, other.upper)) }

    /// The results of a function that never falls.
    func mapped(_ transform: (Float) -> Float) -> Interval { Interval(transform(lower), transform(upper)) }

    static func + (a: Interval, b: Interval) -> Interval { Interval(a.lower + b.lower, a.upper + b.upper) }
    static prefix func - (a: Interval) -> Interval { Interval(-a.upper, -a.lower) }

    static func * (a: Interval, b: Interval) -> Interval {
      // Nothing times infinity is nothing: the bound is not reached.
      func product(_ x: Float, _ y: Float) -> Float { x == 0 || y == 0 ? 0 : x * y }
      let products = [
        product(a.lower, b.lower), product(a.lower, b.upper), product(a.upper, b.lower), product(a.upper, b.upper),
      ]
      return Interval(products.min() ?? -.infinity, products.max() ?? .infinity)
    }

    /// 1/x for what is nowhere below zero.
    var reciprocal: Interval { lower >= 0 ? Interval(1 / upper, 1 / lower) : .all }
  }

  private var intervals: [Int: Interval] = [:]
  private let reader: GraphReader

  init(_ reader: GraphReader) {
    self.reader = reader
    for node in reader.graph.nodes {
      let interval = interval(of: node)
      if interval != .all { for output in node.outputs { intervals[output] = interval } }
    }
  }

  subscript(value: Int) -> Interval { intervals[value] ?? .all }

  private subscript(operand: Graph.Operand) -> Interval {
    switch operand {
    case .value(let value): self[value]
    case .constant(let constant): constant.range.map { Interval($0.lower, $0.upper) } ?? .all
    }
  }

  private func interval(of node: Graph.Node) -> Interval {
    guard let first = node.operands.first else { return .all }
    let x = self[first]
    switch node.operation {
    case let rectifier as Rectifier:
      let limits = rectifier.function.limits
      return x.mapped { min(max($0, limits.lower), limits.upper) }
    case let activation as Activation: return Self.interval(of: activation.function, x)
    case let math as ElementwiseMath: return Self.interval(of: math.function, x)
    case is Softmax: return .unit
    case is LogSoftmax: return Interval(-.infinity, 0)
    case let pair as Arithmetic: return interval(of: pair.function, node)
    case is Sum: return node.operands.dropFirst().reduce(x) { $0 + self[$1] }
    case is Mean:
      let share = 1 / Float(node.operands.count)
      return node.operands.dropFirst().reduce(x) { $0 + self[$1] } * Interval(share, share)
    case is Concat: return node.operands.dropFirst().reduce(x) { $0.union(self[$1]) }
    case let choice as Where:
      let branches = node.operands.suffix(choice.condition == nil ? 2 : node.operands.count)
      return branches.dropFirst().reduce(branches.first.map { self[$0] } ?? .all) { $0.union(self[$1]) }
    case let extremum as Extremum:
      return node.operands.dropFirst().reduce(x) { found, operand in
        let other = self[operand]
        return extremum.isMaximum
          ? Interval(max(found.lower, other.lower), max(found.upper, other.upper))
          : Interval(min(found.lower, other.lower), min(found.upper, other.upper))
      }
    case is Reshape, is Transpose, is Selecting, is MaxPool, is IndexedMaxPool, is ReduceMean: return x
    case is AveragePool, is Masking: return x.union(Interval(0, 0))
    case let pad as Pad: return x.union(Interval(pad.value, pad.value))
    case let reduction as Reduction: return interval(of: reduction, x, reader.shape(node.inputs.first ?? 0))
    case let normalization as LpNormalization:
      return normalization.isEuclidean ? (x.lower >= 0 ? .positive : .all) : x.lower >= 0 ? .unit : Interval(-1, 1)
    case let pair as Pairwise: return Self.interval(of: pair.function, x, node.operands.last)
    case is Comparison: return .unit
    default: return .all
    }
  }

  private static func interval(of function: ActivationFunction, _ x: Interval) -> Interval {
    switch function {
    case .sigmoid: return .unit
    case .tanh: return Interval(-1, 1)
    case .exponential: return x.mapped { expf($0) }
    case .squareRoot: return Interval(0, x.upper.squareRoot())
    case .absolute: return x.lower >= 0 ? x : Interval(0, max(-x.lower, x.upper))
    case .softplus: return .positive
    case .leakyRelu(let slope) where slope >= 0: return x.mapped { $0 > 0 ? $0 : $0 * slope }
    default: return x.lower >= 0 ? .positive : .all
    }
  }

  private static func interval(of function: ElementwiseMath.Function, _ x: Interval) -> Interval {
    switch function {
    case .negation: return -x
    case .errorFunction, .sine, .cosine: return Interval(-1, 1)
    case .hardSigmoid, .isZero, .isNonzero, .isNaN, .isInfinite: return .unit
    case .logarithm: return x.lower >= 0 ? x.mapped { logf($0) } : .all
    case .reciprocal: return x.reciprocal
    default: return .all
    }
  }

  private func interval(of function: BinaryFunction, _ node: Graph.Node) -> Interval {
    let (a, b) = (self[node.operands[0]], self[node.operands[1]])
    switch function {
    case .add: return a + b
    case .subtract: return a + -b
    case .multiply:
      let isSquare = node.inputs.count == 2 && node.inputs[0] == node.inputs[1]
      return isSquare ? Interval(0, (a * a).upper) : a * b
    case .divide:
      if a.lower >= 0, isShare(node) { return .unit }
      if case .constant(let constant) = node.operands[1], let number = constant.onlyNumber, number != 0 {
        return a * Interval(1 / number, 1 / number)
      }
      return a * b.reciprocal
    }
  }

  /// Whether `node` divides by a sum over what it divides, perhaps with a small number added or as a lower bound.
  func isShare(_ node: Graph.Node) -> Bool {
    guard (node.operation as? Arithmetic)?.function == .divide, node.inputs.count == 2 else { return false }
    var divisor = node.inputs[1]
    for _ in 0..<16 {
      guard let source = reader.producer(divisor) else { return false }
      if let sum = source.operation as? Reduction {
        return (sum.function == .sum || sum.function == .l1) && source.inputs == [node.inputs[0]]
      }
      let isGuard =
        (source.operation as? Rectifier).map {
          $0.function.limits.upper == .infinity || $0.function.limits.upper == .greatestFiniteMagnitude
        } ?? false
      guard
        source.movesAlone || source.operation is Selecting || isGuard || (reader.unshifted(divisor)?.shift ?? -1) >= 0
      else { return false }
      divisor = source.inputs[0]
    }
    return false
  }

  private func interval(of reduction: Reduction, _ x: Interval, _ shape: [Int]) -> Interval {
    let count = Float(reduction.axes.map { shape.indices.contains($0) ? shape[$0] : 1 }.elementCount)
    switch reduction.function {
    case .maximum, .minimum: return x
    case .sum: return x * Interval(count, count)
    case .product: return x.lower >= 0 && x.upper <= 1 ? .unit : .all
    case .l1, .l2, .sumOfSquares: return .positive
    case .logSum, .logSumExp: return .all
    }
  }

  private static func interval(of function: Pairwise.Function, _ x: Interval, _ other: Graph.Operand?) -> Interval {
    guard function == .power, case .constant(let constant)? = other, let exponent = constant.onlyNumber else {
      return function == .leak && x.lower >= 0 ? x : .all
    }
    if x.lower >= 0 { return exponent > 0 ? x.mapped { powf($0, exponent) } : .positive }
    return exponent == 2 || exponent == 4 ? .positive : .all
  }
}
