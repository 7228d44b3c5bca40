/// The softmax or sigmoid at the end of a network, perhaps spelled out.
///
/// Behind it may lie changes of shape, a logarithm, bounds that keep probabilities from 0 and 1, and the factor of a
/// percentage.
struct HeadEnd {
  /// What it reads.
  let scores: Int
  let function: ScoreFunction
  let operatorType: String

  /// Finds the end in front of `output`, or returns `nil` where there is none.
  init?(_ reader: GraphReader, _ bounds: ValueBounds, output: Int) {
    let end = Self.strip(output, reader, bounds)
    guard let node = reader.producer(end),
      let found = Self.end(node, reader, bounds) ?? Self.spelledEnd(node, reader, bounds)
    else {
      return nil
    }
    (scores, function, operatorType) = found
  }

  private typealias End = (scores: Int, function: ScoreFunction, operatorType: String)

  /// The value in front of what does not change which class is how probable.
  private static func strip(_ output: Int, _ reader: GraphReader, _ bounds: ValueBounds) -> Int {
    var value = output
    while let node = reader.producer(value) {
      let input = node.inputs.first ?? value
      switch node.operation {
      case is Reshape, is Transpose:
        guard reader.shape(value).isVector else { return value }
      case let rectifier as Rectifier:
        let (lower, upper) = rectifier.function.limits
        guard bounds[input].isProbable, lower <= 1e-3, upper >= 0.999 else { return value }
      case is Arithmetic:
        guard let scaled = reader.unscaled(value), scaled.factor > 0, bounds[scaled.value] == .unit,
          reader.operation(reader.beforeMoves(scaled.value), as: Softmax.self) != nil
        else { return value }
      default: return value
      }
      value = input
    }
    return value
  }

  /// The end that `node` is by its operator: a softmax, a sigmoid, or the logarithm of one.
  private static func end(_ node: Graph.Node, _ reader: GraphReader, _ bounds: ValueBounds) -> End? {
    guard let input = node.inputs.first else { return nil }
    let count = reader.shape(input).elementCount
    switch node.operation {
    case let softmax as Softmax where softmax.laneCount(of: reader.shape(input)) == count:
      return (input, .softmax, node.operatorType)
    case let softmax as LogSoftmax where softmax.lanes.count == count: return (input, .softmax, node.operatorType)
    case let activation as Activation where activation.function == .sigmoid:
      return (input, .sigmoid, node.operatorType)
    case let math as ElementwiseMath where math.function == .logarithm:
      // The logarithm may be kept from zero.
      let inner = reader.unshifted(input).flatMap { (0...1e-3).contains($0.shift) ? $0.value : nil } ?? input
      return reader.producer(strip(inner, reader, bounds)).flatMap { inner in
        inner.operation is ElementwiseMath ? nil : end(inner, reader, bounds) ?? spelledEnd(inner, reader, bounds)
      }
    case let math as ElementwiseMath where math.function == .reciprocal: return logistic(input, reader)
    case let activation as Activation where activation.function == .exponential:
      guard let inner = reader.producer(strip(input, reader, bounds)), inner.operation is LogSoftmax else { return nil }
      return end(inner, reader, bounds)
    default: return nil
    }
  }

  /// The end that `node` closes where it is spelled out.
  private static func spelledEnd(_ node: Graph.Node, _ reader: GraphReader, _ bounds: ValueBounds) -> End? {
    guard let arithmetic = node.operation as? Arithmetic, reader.shape(node.outputs[0]).isVector else { return nil }
    switch arithmetic.function {
    case .divide:
      if let found = reader.withNumber(node), !found.isFirst, found.number == 1 {
        return logistic(found.value, reader)
      }
      // exp(x) / Σ exp(x).
      guard bounds.isShare(node), let exponential = reader.producer(node.inputs[0]),
        (exponential.operation as? Activation)?.function == .exponential
      else { return nil }
      return (unshiftedByMaximum(exponential.inputs[0], reader), .softmax, "Softmax")
    case .subtract:
      // x − log Σ exp(x).
      guard node.inputs.count == 2, isLogSumExp(node.inputs[1], of: node.inputs[0], reader) else { return nil }
      return (unshiftedByMaximum(node.inputs[0], reader), .softmax, "LogSoftmax")
    case .add, .multiply: return nil
    }
  }

  /// 1 / (1 + exp(−x)), where `value` is the divisor.
  private static func logistic(_ value: Int, _ reader: GraphReader) -> End? {
    guard let sum = reader.unshifted(value), sum.shift == 1, let exponential = reader.producer(sum.value),
      (exponential.operation as? Activation)?.function == .exponential
    else { return nil }
    if let negation = reader.producer(exponential.inputs[0]),
      (negation.operation as? ElementwiseMath)?.function == .negation
    {
      return (negation.inputs[0], .sigmoid, "Sigmoid")
    }
    return reader.unscaled(exponential.inputs[0]).flatMap { $0.factor == -1 ? ($0.value, .sigmoid, "Sigmoid") : nil }
  }

  /// Whether `value` is log Σ exp(x).
  private static func isLogSumExp(_ value: Int, of x: Int, _ reader: GraphReader) -> Bool {
    guard let node = reader.producer(reader.beforeMoves(value)) else { return false }
    if let reduction = node.operation as? Reduction {
      return reduction.function == .logSumExp && node.inputs == [x]
    }
    guard (node.operation as? ElementwiseMath)?.function == .logarithm, let sum = reader.producer(node.inputs[0]),
      (sum.operation as? Reduction)?.function == .sum, let exponential = reader.producer(sum.inputs[0]),
      (exponential.operation as? Activation)?.function == .exponential
    else { return false }
    return exponential.inputs == [x]
  }

  /// x, where `value` is x less its largest element.
  private static func unshiftedByMaximum(_ value: Int, _ reader: GraphReader) -> Int {
    guard let node = reader.producer(value), (node.operation as? Arithmetic)?.function == .subtract,
      node.inputs.count == 2, let reduction: Reduction = reader.operation(reader.beforeMoves(node.inputs[1])),
      reduction.function == .maximum
    else { return value }
    return node.inputs[0]
  }
}

extension Softmax {
  /// How many elements sum to one in a tensor of this shape.
  fileprivate func laneCount(of shape: [Int]) -> Int {
    spansTrailingAxes ? shape[axis...].reduce(1, *) : shape[axis]
  }
}
