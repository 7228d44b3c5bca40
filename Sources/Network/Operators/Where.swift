/// y = a where a constant condition holds, else b, with broadcasting. Source: ONNX Where-9, -16.
struct Where: FoldableOperator {
  static let registrations = [
    Registration("Where", since: 9) { node in
      let condition = try node.constant(0, "condition")
      let (first, second) = (try node.operand(1), try node.operand(2))
      guard let both = Broadcasting.shape(first, second), let shape = Broadcasting.shape(condition.shape, both) else {
        throw node.fault(
          "chooses between \(first.shapeText) and \(second.shapeText) by \(condition.shape.shapeText), which do not fit."
        )
      }
      return .operation(Where(condition: condition.broadcast(to: shape).integers.map { $0 != 0 }, shape: shape))
    }
  ]

  /// One for each element of y.
  let condition: [Bool]
  let shape: [Int]

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [shape] }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    let (a, b) = (operands[0].broadcast(to: shape), operands[1].broadcast(to: shape))
    if a.elementType == .float32 {
      return [Constant(shape: shape, choose(a.floats, b.floats))]
    }
    let chosen = choose(a.integers, b.integers)
    return [
      a.elementType == .bool
        ? Constant(shape: shape, booleans: chosen.map { $0 != 0 }) : Constant(shape: shape, chosen.map { Int64($0) })
    ]
  }

  private func choose<Element>(_ a: [Element], _ b: [Element]) -> [Element] {
    condition.indices.map { condition[$0] ? a[$0] : b[$0] }
  }

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    let parts = try operands.map { try engine.reorder(engine.broadcast($0, to: shape), to: .plain) }
    let result = engine.allocate(Layout(shape))
    let (a, b, y) = (parts[0].elements, parts[1].elements, result.elements)
    for index in condition.indices { y[index] = condition[index] ? a[index] : b[index] }
    return ForwardResult(result)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    try [0, 1].map { operand in
      guard let gradient = pass.gradient(for: operand) else { return nil }
      let masked = try engine.mapParts(gradient, count: pass.wanted[operand]) { part in
        let dy = try engine.reorder(part, to: .plain)
        let result = engine.allocate(dy.layout)
        let (from, to) = (dy.elements, result.elements)
        for index in condition.indices { to[index] = condition[index] == (operand == 0) ? from[index] : 0 }
        return result
      }
      return try engine.sum(masked, count: pass.wanted[operand], to: pass.operands[operand].shape)
    }
  }
}
