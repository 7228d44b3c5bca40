import Diagnostics

/// Sum, maximum, minimum or norm over some axes. A maximum that several elements share passes its gradient to all of
/// them in equal parts.
///
/// Source: ONNX ReduceSum-1, -11, -13; ReduceMax, ReduceMin-1, -11, -12, -13, -18, -20; ReduceL1, ReduceL2,
/// ReduceSumSquare-1, -11, -13, -18.
struct Reduction: FoldableOperator {
  enum Function {
    case sum, maximum, minimum
    /// Σ |x|.
    case l1
    /// √Σ x².
    case l2
    /// Σ x².
    case sumOfSquares
  }

  static let registrations = [
    Registration("ReduceSum") { try build(.sum, &$0) },
    Registration("ReduceMax") { try build(.maximum, &$0) },
    Registration("ReduceMin") { try build(.minimum, &$0) },
    Registration("ReduceL1") { try build(.l1, &$0) },
    Registration("ReduceL2") { try build(.l2, &$0) },
    Registration("ReduceSumSquare") { try build(.sumOfSquares, &$0) },
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
      return [Constant(shape: target, accumulate(values, constant.shape, from: identity, accumulated).map(finished))]
    }
    let limits: (Int, Int) = constant.elementType == .bool ? (0, 1) : (.min, .max)
    let values =
      switch function {
      case .maximum: accumulate(constant.integers, constant.shape, from: limits.0, max)
      case .minimum: accumulate(constant.integers, constant.shape, from: limits.1, min)
      case .sum: accumulate(constant.integers, constant.shape, from: 0, &+)
      case .l1, .l2, .sumOfSquares:
        throw Diagnostic.error("the model takes the norm of integers, which is not supported.")
      }
    return [
      constant.elementType == .bool
        ? Constant(shape: target, booleans: values.map { $0 != 0 })
        : Constant(shape: target, values.map { Int64($0) })
    ]
  }

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    let target = try outputShapes(operands.map(\.shape))[0]
    return ForwardResult(try values(operands[0], on: engine).reshaped(target))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let shape = pass.operands[0].shape
    let y = try engine.reorder(pass.outputs[0], to: .plain).reshaped(reduced(shape))
    var factor = try engine.zip(pass.operands[0], y, derivative)
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
    to.update(repeating: identity)
    Broadcasting.walk(x.shape, result.shape) { to[$1] = accumulated(to[$1], from[$0]) }
    for index in to.indices { to[index] = finished(to[index]) }
    return result
  }

  private func accumulate<Element>(
    _ values: [Element], _ shape: [Int], from start: Element, _ combine: (Element, Element) -> Element
  ) -> [Element] {
    var result = [Element](repeating: start, count: reduced(shape).elementCount)
    Broadcasting.walk(shape, reduced(shape)) { result[$1] = combine(result[$1], values[$0]) }
    return result
  }

  private func accumulated(_ sum: Float, _ element: Float) -> Float {
    switch function {
    case .sum: sum + element
    case .maximum: max(sum, element)
    case .minimum: min(sum, element)
    case .l1: sum + abs(element)
    case .l2, .sumOfSquares: sum + element * element
    }
  }

  /// The result over no elements.
  private var identity: Float {
    switch function {
    case .maximum: -.infinity
    case .minimum: .infinity
    case .sum, .l1, .l2, .sumOfSquares: 0
    }
  }

  private func finished(_ sum: Float) -> Float { function == .l2 ? sum.squareRoot() : sum }

  /// ∂y/∂x, before ties are shared out.
  private var derivative: (Float, Float) -> Float {
    switch function {
    case .sum: { _, _ in 1 }
    case .maximum, .minimum: { $0 == $1 ? 1 : 0 }
    case .l1: { x, _ in x > 0 ? 1 : x < 0 ? -1 : 0 }
    case .l2: { $1 == 0 ? 0 : $0 / $1 }
    case .sumOfSquares: { x, _ in 2 * x }
    }
  }
}
