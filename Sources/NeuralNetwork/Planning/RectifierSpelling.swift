/// Finds the rectifiers that a file spells out with other operators.
///
/// y = max(x, 0) is written as Max, as Where(x > 0, x, 0), as x · (x > 0), as (x + |x|) / 2, as x − min(x, 0), or as a leaky
/// rectifier whose slope is 0; y = min(max(x, a), b) as a Max and a Min in either order. All of them are one operation.
struct RectifierSpelling {
  private let reader: GraphReader

  init(_ reader: GraphReader) {
    self.reader = reader
  }

  /// What `node` rectifies, and how; `nil` where it is no rectifier, or one by its own operator.
  func rectified(by node: Graph.Node) -> (input: Int, function: ElementwiseFunction)? {
    switch node.operation {
    case let extremum as Extremum: return clipped(by: node, isMaximum: extremum.isMaximum)
    case is Where: return selected(by: node)
    case let pair as Arithmetic:
      switch pair.function {
      case .multiply: return masked(by: node) ?? halved(node)
      case .divide: return halved(node)
      case .subtract: return withoutNegativePart(node)
      case .add: return nil
      }
    case let pair as Pairwise where pair.function == .leak:
      guard case .constant(let slope) = node.operands[1], slope.onlyNumber == 0 else { return nil }
      return node.inputs.first.map { ($0, .relu) }
    case let activation as Activation:
      switch activation.function {
      case .leakyRelu(0), .elu(0): return (node.inputs[0], .relu)
      default: return nil
      }
    case let math as ElementwiseMath:
      switch math.function {
      case .thresholdedRelu(0): return (node.inputs[0], .relu)
      case .negation: return negated(node)
      default: return nil
      }
    default: return nil
    }
  }

  /// Max(x, a) or Min(x, b).
  private func clipped(by node: Graph.Node, isMaximum: Bool) -> (Int, ElementwiseFunction)? {
    guard let (value, number, _) = reader.withNumber(node), !number.isNaN else { return nil }
    if let inner = otherBound(value, isMaximum: isMaximum, number) { return inner }
    guard isMaximum else { return (value, .clip(lower: -.greatestFiniteMagnitude, upper: number)) }
    return (value, number == 0 ? .relu : .clip(lower: number, upper: .greatestFiniteMagnitude))
  }

  /// Min(Max(x, 0), b), or Max(Min(x, b), 0), whose inner half nobody else reads: both are one rectifier.
  private func otherBound(_ value: Int, isMaximum: Bool, _ number: Float) -> (Int, ElementwiseFunction)? {
    guard let inner = reader.producer(value), let rectifier = inner.operation as? Rectifier,
      inner.operatorType == (isMaximum ? "Min" : "Max"), reader.readers(value).count == 1,
      !reader.graph.outputValues.contains(value)
    else { return nil }
    let (lower, upper) = rectifier.function.limits
    if isMaximum, number == 0, lower < -1e30, upper > 0 { return (inner.inputs[0], .clip(lower: 0, upper: upper)) }
    if !isMaximum, number > 0, lower == 0, upper > 1e30 { return (inner.inputs[0], .clip(lower: 0, upper: number)) }
    return nil
  }

  /// Where(x > 0, x, 0), or the other way round.
  private func selected(by node: Graph.Node) -> (Int, ElementwiseFunction)? {
    guard node.operands.count == 3, case .value(let condition) = node.operands[0],
      let mask = positiveMask(condition)
    else { return nil }
    let (kept, dropped) = mask.isInverted ? (node.operands[2], node.operands[1]) : (node.operands[1], node.operands[2])
    guard case .value(mask.value) = kept, isZero(dropped, like: mask.value),
      reader.shape(node.outputs[0]) == reader.shape(mask.value)
    else { return nil }
    return (mask.value, .relu)
  }

  /// x · (x > 0).
  private func masked(by node: Graph.Node) -> (Int, ElementwiseFunction)? {
    guard node.inputs.count == 2 else { return nil }
    for (value, other) in [(node.inputs[0], node.inputs[1]), (node.inputs[1], node.inputs[0])] {
      if let mask = positiveMask(other), mask.value == value, !mask.isInverted { return (value, .relu) }
    }
    return nil
  }

  /// ½ · (x + |x|).
  private func halved(_ node: Graph.Node) -> (Int, ElementwiseFunction)? {
    guard let (sum, factor) = reader.unscaled(node.outputs[0]), factor == 0.5, let adding = reader.producer(sum),
      (adding.operation as? Arithmetic)?.function == .add, adding.inputs.count == 2
    else { return nil }
    for (value, other) in [(adding.inputs[0], adding.inputs[1]), (adding.inputs[1], adding.inputs[0])] {
      guard let absolute = reader.producer(other), (absolute.operation as? Activation)?.function == .absolute else {
        continue
      }
      if absolute.inputs == [value] { return (value, .relu) }
    }
    return nil
  }

  /// x − min(x, 0).
  private func withoutNegativePart(_ node: Graph.Node) -> (Int, ElementwiseFunction)? {
    guard node.inputs.count == 2, node.operands.count == 2, negativePart(node.inputs[1]) == node.inputs[0] else {
      return nil
    }
    return (node.inputs[0], .relu)
  }

  /// −min(−x, 0).
  private func negated(_ node: Graph.Node) -> (Int, ElementwiseFunction)? {
    guard let part = negativePart(node.inputs[0]), let inner = reader.producer(part),
      (inner.operation as? ElementwiseMath)?.function == .negation
    else { return nil }
    return (inner.inputs[0], .relu)
  }

  /// x, where `value` is min(x, 0).
  private func negativePart(_ value: Int) -> Int? {
    guard let node = reader.producer(value) else { return nil }
    if let rectifier = node.operation as? Rectifier {
      return rectifier.function.limits.upper == 0 && rectifier.function.limits.lower < -1e30 ? node.inputs[0] : nil
    }
    guard (node.operation as? Extremum)?.isMaximum == false, let found = reader.withNumber(node), found.number == 0
    else { return nil }
    return found.value
  }

  /// x, where `value` is 1 where x > 0 (or x ≥ 0) and 0 elsewhere; or, inverted, the other way round.
  private func positiveMask(_ value: Int, depth: Int = 0) -> (value: Int, isInverted: Bool)? {
    guard depth < 4, let node = reader.producer(value) else { return nil }
    if let math = node.operation as? ElementwiseMath {
      guard math.function == .isZero || math.function == .isNonzero,
        let mask = positiveMask(node.inputs[0], depth: depth + 1)
      else {
        return nil
      }
      return (mask.value, mask.isInverted != (math.function == .isZero))
    }
    guard let comparison = node.operation as? Comparison, let found = reader.withNumber(node), found.number == 0 else {
      return nil
    }
    switch comparison.function {
    case .greater, .greaterOrEqual: return (found.value, !found.isFirst)
    case .less, .lessOrEqual: return (found.value, found.isFirst)
    default: return nil
    }
  }

  /// Whether the operand is 0, or 0 times a value of that shape.
  private func isZero(_ operand: Graph.Operand, like value: Int) -> Bool {
    switch operand {
    case .constant(let constant): constant.onlyNumber == 0
    case .value(let other): reader.unscaled(other)?.factor == 0
    }
  }
}
