import Diagnostics

/// y = a where a condition holds, else b, with broadcasting. No gradient passes the condition.
///
/// Source: ONNX Where-9, -16.
struct Where: FoldableOperator {
  static let registrations = [
    Registration("Where", since: 9) { node in
      let shapes = (try node.shape(0), try node.shape(1), try node.shape(2))
      guard let both = Broadcasting.shape(shapes.1, shapes.2), let shape = Broadcasting.shape(shapes.0, both) else {
        throw node.fault(
          "chooses between \(shapes.1.shapeText) and \(shapes.2.shapeText) by \(shapes.0.shapeText), which do not fit."
        )
      }
      guard node.isConstant(0) else {
        for index in 0..<3 { try node.floatOperand(index) }
        return .operation(Where(condition: nil, shape: shape))
      }
      for index in 1..<3 { try node.operand(index) }
      let condition = try node.constant(0, "condition").broadcast(to: shape).integers
      return .operation(Where(condition: condition.map { $0 != 0 }, shape: shape))
    }
  ]

  /// One for each element of y; `nil` where the first operand is the condition.
  let condition: [Bool]?
  let shape: [Int]

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [shape] }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    guard let condition else { throw Diagnostic.error("the condition of a choice between constants is none.") }
    func choose<Element>(_ a: [Element], _ b: [Element]) -> [Element] {
      condition.indices.map { condition[$0] ? a[$0] : b[$0] }
    }
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

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let condition = try condition(pass.operands, on: engine)
    let parts = try pass.operands.suffix(2).map { try engine.reorder(engine.broadcast($0, to: shape), to: .plain) }
    let result = engine.allocate(Layout(shape))
    let (a, b, y) = (parts[0].elements, parts[1].elements, result.elements)
    for index in condition.indices { y[index] = condition[index] ? a[index] : b[index] }
    return ForwardResult(result)
  }

  func passesGradient(from output: Int, to operand: Int) -> Bool { condition != nil || operand > 0 }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    let condition = try condition(pass.operands, on: engine)
    let branches = pass.operands.indices.suffix(2)
    return try pass.operands.indices.map { operand in
      guard branches.contains(operand), let gradient = pass.gradient(for: operand) else { return nil }
      let masked = try engine.mapParts(gradient, count: pass.wanted[operand]) { part in
        let dy = try engine.reorder(part, to: .plain)
        let result = engine.allocate(dy.layout)
        let (from, to) = (dy.elements, result.elements)
        for index in condition.indices {
          to[index] = condition[index] == (operand == branches.lowerBound) ? from[index] : 0
        }
        return result
      }
      return try engine.sum(masked, count: pass.wanted[operand], to: pass.operands[operand].shape)
    }
  }

  /// One for each element of y.
  private func condition(_ operands: [Memory], on engine: Engine) throws -> [Bool] {
    if let condition { return condition }
    let whole = try engine.reorder(engine.broadcast(operands[0], to: shape), to: .plain)
    return whole.elements.map { $0 != 0 }
  }
}

extension Where: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? {
    condition == nil ? (operands[0] != 0 ? operands[1] : operands[2]) : nil
  }
}
