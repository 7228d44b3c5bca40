/// One of two values along a new axis: the first where the index is the position, else the other. An index has no
/// gradient.
///
/// Source: ONNX OneHot-9, -11.
struct OneHot: FoldableOperator {
  static let registrations = [
    Registration("OneHot", since: 9, gradient: .none) { node in
      let indices = try node.shape(0)
      let depth = try node.constant(1, "depth").integers.first ?? 0
      let values = try node.constant(2, "values")
      guard values.count == 2, (1...limit).contains(depth), indices.saturatingElementCount <= limit / depth else {
        throw node.fault("cannot spread \(indices.shapeText) over \(depth) positions.")
      }
      let axis = try node.axis(node.attributes.integer("axis", default: -1), rank: indices.count + 1)
      try node.floatOperand(0)
      return .operation(
        OneHot(
          shape: indices[..<axis] + [depth] + indices[axis...], inner: indices[axis...].reduce(1, *), depth: depth,
          values: values))
    }
  ]

  /// More elements than any activation has.
  private static let limit = 1 << 28

  let shape: [Int]
  /// How many indices lie behind the new axis.
  let inner: Int
  let depth: Int
  /// The value elsewhere, and the value at the index.
  let values: Constant

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [shape] }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    let indices = operands[0].floats
    let result = (0..<shape.elementCount).map { isAtIndex($0, indices) ? 1 : 0 }
    switch values.elementType {
    case .float32: return [Constant(shape: shape, result.map { values.floats[$0] })]
    case .int64: return [Constant(shape: shape, result.map { Int64(values.integers[$0]) })]
    case .bool: return [Constant(shape: shape, booleans: result.map { values.integers[$0] != 0 })]
    }
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let indices = Array(try engine.reorder(pass.operands[0], to: .plain).elements)
    let result = engine.allocate(Layout(shape))
    let (to, values) = (result.elements, values.floats)
    for place in to.indices { to[place] = values[isAtIndex(place, indices) ? 1 : 0] }
    return ForwardResult(result)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] { [nil] }

  func passesGradient(from output: Int, to operand: Int) -> Bool { false }

  /// Negative indices count from the end.
  private func isAtIndex(_ place: Int, _ indices: [Float]) -> Bool {
    let position = place / inner % depth
    let index = indices[place / (inner * depth) * inner + place % inner]
    return (index < 0 ? index + Float(depth) : index) == Float(position)
  }
}
