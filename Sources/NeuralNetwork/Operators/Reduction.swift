import Diagnostics
import Foundation

/// Sum, product, maximum, minimum or norm over some axes. A maximum that several elements share passes its gradient to all of
/// them in equal parts.
///
/// Source: ONNX ReduceSum-1, -11, -13; ReduceMax, ReduceMin-1, -11, -12, -13, -18, -20; ReduceL1, ReduceL2,
/// ReduceSumSquare, ReduceProd, ReduceLogSum, ReduceLogSumExp-1, -11, -13, -18.
struct Reduction: FoldableOperator {
  enum Function {
    case sum, product, maximum, minimum
    /// Σ |x|.
    case l1
    /// √Σ x².
    case l2
    /// Σ x².
    case sumOfSquares
    /// log Σ x.
    case logSum
    /// log Σ exp(x).
    case logSumExp
  }

  static let registrations = [
    Registration("ReduceSum") { try build(.sum, &$0) },
    Registration("ReduceMax") { try build(.maximum, &$0) },
    Registration("ReduceMin") { try build(.minimum, &$0) },
    Registration("ReduceL1") { try build(.l1, &$0) },
    Registration("ReduceL2") { try build(.l2, &$0) },
    Registration("ReduceSumSquare") { try build(.sumOfSquares, &$0) },
    Registration("ReduceProd") { try build(.product, &$0) },
    Registration("ReduceLogSum") { try build(.logSum, &$0) },
    Registration("ReduceLogSumExp") { try build(.logSumExp, &$0) },
  ]

  let function: Function
  let axes: Set<Int>
  let keepsAxes: Bool

  private static func build(_ function: Function, _ node: inout NodeReader) throws -> Translation {
    let shape = try node.operand(0)
    let axes = try node.integers(attribute: "axes", orInput: 1)?.map { try node.axis($0, rank: shape.count) } ?? []
    let keeps = try node.attributes.flag("keepdims", default: true)
    if try node.attributes.flag("noop_with_empty_axes"), axes.isEmpty { return .identity }
    return .operation(
      Reduction(function: function, axes: axes.isEmpty ? Set(shape.indices) : Set(axes), keepsAxes: keeps))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    let shape = operands[0]
    return [keepsAxes ? reduced(shape) : shape.indices.filter { !axes.contains($0) }.map { shape[$0] }]
  }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    let constant = operands[0]
    let target = try outputShapes([constant.shape])[0]
    if constant.elementType == .float32 {
      let values = constant.floats
      let sums = accumulate(values.map(Double.init), constant.shape, from: identity, accumulated)
      return [Constant(shape: target, sums.map(finished))]
    }
    let limits: (Int, Int) = constant.elementType == .bool ? (0, 1) : (.min, .max)
    let values =
      switch function {
      case .maximum: accumulate(constant.integers, constant.shape, from: limits.0, max)
      case .minimum: accumulate(constant.integers, constant.shape, from: limits.1, min)
      case .sum: accumulate(constant.integers, constant.shape, from: 0, &+)
      case .product: accumulate(constant.integers, constant.shape, from: 1, &*)
      case .l1, .l2, .sumOfSquares, .logSum, .logSumExp:
        throw Diagnostic.error("the model takes the norm of integers, which is not supported.")
      }
    return [
      constant.elementType == .bool
        ? Constant(shape: target, booleans: values.map { $0 != 0 })
        : Constant(shape: target, values.map { Int64($0) })
    ]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let target = try outputShapes(pass.operands.map(\.shape))[0]
    let result =
      try function == .logSumExp ? logSumExp(pass.operands[0], on: engine).y : values(pass.operands[0], on: engine)
    return ForwardResult(result.reshaped(target))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let shape = pass.operands[0].shape
    let y = try engine.reorder(pass.outputs[0], to: .plain).reshaped(reduced(shape))
    var factor =
      switch function {
      case .product: try productsOfOthers(pass.operands[0], on: engine)
      case .logSumExp: try logSumExp(pass.operands[0], on: engine).derivative
      default: try engine.zip(pass.operands[0], y, derivative)
      }
    if function == .maximum || function == .minimum {
      factor = try engine.combine(.divide, factor, engine.sum(factor, count: 1, to: reduced(shape)))
    }
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      try engine.combine(.multiply, factor, engine.reorder(part, to: .plain).reshaped(reduced(shape)))
    }
    return [dx]
  }

  private func reduced(_ shape: [Int]) -> [Int] { shape.indices.map { axes.contains($0) ? 1 : shape[$0] } }

  private func values(_ memory: Memory, on engine: Engine) throws -> Memory {
    let x = try engine.reorder(memory, to: .plain)
    let result = engine.allocate(Layout(reduced(x.shape)))
    let (from, to) = (x.elements, result.elements)
    var sums = [Double](repeating: identity, count: to.count)
    Broadcasting.walk(x.shape, result.shape) { sums[$1] = accumulated(sums[$1], Double(from[$0])) }
    for index in to.indices { to[index] = finished(sums[index]) }
    return result
  }

  /// log Σ exp(x), and exp(x) / Σ exp(x) for each element, both from exponentials of x less its maximum, so that none
  /// overflows and large ones lose no digits.
  private func logSumExp(_ memory: Memory, on engine: Engine) throws -> (y: Memory, derivative: Memory) {
    let x = try engine.reorder(memory, to: .plain)
    let groups = reduced(x.shape)
    let (y, shares) = (engine.allocate(Layout(groups)), engine.allocate(Layout(x.shape)))
    let from = x.elements
    var maxima = [Float](repeating: -.infinity, count: groups.elementCount)
    Broadcasting.walk(x.shape, groups) { maxima[$1] = max(maxima[$1], from[$0]) }
    // Nothing is left of infinity less itself.
    for index in maxima.indices where !maxima[index].isFinite { maxima[index] = 0 }
    var sums = [Double](repeating: 0, count: maxima.count)
    Broadcasting.walk(x.shape, groups) { sums[$1] += exp(Double(from[$0] - maxima[$1])) }
    Broadcasting.walk(x.shape, groups) {
      shares.elements[$0] = Float(exp(Double(from[$0] - maxima[$1])) / sums[$1])
    }
    for index in maxima.indices { y.elements[index] = maxima[index] + Float(log(sums[index])) }
    return (y, shares)
  }

  /// For each element the product of all others that it is multiplied with: y / x would fail for zeros.
  private func productsOfOthers(_ memory: Memory, on engine: Engine) throws -> Memory {
    let x = try engine.reorder(memory, to: .plain)
    let result = engine.allocate(Layout(x.shape))
    let (from, to) = (x.elements, result.elements)
    let groups = reduced(x.shape)
    // From both ends: the product of what comes before, times the product of what comes behind.
    var before = [Float](repeating: 1, count: groups.elementCount)
    var order: [(element: Int, group: Int)] = []
    order.reserveCapacity(from.count)
    Broadcasting.walk(x.shape, groups) { element, group in
      to[element] = before[group]
      before[group] *= from[element]
      order.append((element, group))
    }
    var behind = [Float](repeating: 1, count: groups.elementCount)
    for (element, group) in order.reversed() {
      to[element] *= behind[group]
      behind[group] *= from[element]
    }
    return result
  }

  private func accumulate<Element>(
    _ values: [Element], _ shape: [Int], from start: Element, _ combine: (Element, Element) -> Element
  ) -> [Element] {
    var result = [Element](repeating: start, count: reduced(shape).elementCount)
    Broadcasting.walk(shape, reduced(shape)) { result[$1] = combine(result[$1], values[$0]) }
    return result
  }

  private func accumulated(_ sum: Double, _ element: Double) -> Double {
    switch function {
    case .sum, .logSum: sum + element
    case .product: sum * element
    case .logSumExp: sum + exp(element)
    // What is not a number stays.
    case .maximum: sum >= element || sum.isNaN ? sum : element
    case .minimum: sum <= element || sum.isNaN ? sum : element
    case .l1: sum + abs(element)
    case .l2, .sumOfSquares: sum + element * element
    }
  }

  /// The result over no elements.
  private var identity: Double {
    switch function {
    case .product: 1
    case .maximum: -.infinity
    case .minimum: .infinity
    case .sum, .l1, .l2, .sumOfSquares, .logSum, .logSumExp: 0
    }
  }

  private func finished(_ sum: Double) -> Float {
    switch function {
    case .l2: Float(sum.squareRoot())
    case .logSum, .logSumExp: Float(log(sum))
    case .sum, .product, .maximum, .minimum, .l1, .sumOfSquares: Float(sum)
    }
  }

  /// ∂y/∂x as a function of x and y, before ties are shared out, for the functions that have one.
  private var derivative: (Float, Float) -> Float {
    switch function {
    case .sum, .product, .logSumExp: { _, _ in 1 }
    case .logSum: { 1 / expf($1) }
    case .maximum, .minimum: { $0 == $1 ? 1 : 0 }
    case .l1: { x, _ in x > 0 ? 1 : x < 0 ? -1 : 0 }
    case .l2: { $1 == 0 ? 0 : $0 / $1 }
    case .sumOfSquares: { x, _ in 2 * x }
    }
  }
}
