/// y = x where a constant mask lets it through, else 0: the upper or the lower triangle of matrices.
///
/// Source: ONNX Trilu-14.
struct Masking: FoldableOperator {
  static let registrations = [
    Registration("Trilu", since: 14) { node in
      let shape = try node.operand(0)
      let isUpper = try node.attributes.flag("upper", default: true)
      let shift = try node.optionalConstant(1, "k")?.integers.first ?? 0
      guard shape.count >= 2 else { throw node.fault("needs matrices, which \(shape.shapeText) has not.") }
      let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
      // Beyond the matrix, further makes no difference; so large shifts would overflow.
      let diagonal = min(max(shift, -rows), columns)
      let passes = (0..<(rows * columns)).map { cell in
        let distance = cell % columns - cell / columns
        return isUpper ? distance >= diagonal : distance <= diagonal
      }
      return .operation(Masking(passes: passes))
    }
  ]

  /// Whether each element of a matrix stays.
  let passes: [Bool]

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    let constant = operands[0]
    func masked<Element>(_ values: [Element], _ zero: Element) -> [Element] {
      values.enumerated().map { passes[$0 % passes.count] ? $1 : zero }
    }
    switch constant.elementType {
    case .float32: return [Constant(shape: constant.shape, masked(constant.floats, 0))]
    case .int64: return [Constant(shape: constant.shape, masked(constant.integers, 0).map { Int64($0) })]
    case .bool: return [Constant(shape: constant.shape, booleans: masked(constant.integers, 0).map { $0 != 0 })]
    }
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try masked(pass.operands[0], on: engine))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    [try pass.gradient().map { try masked($0, on: engine) }]
  }

  private func masked(_ memory: Memory, on engine: Engine) throws -> Memory {
    let x = try engine.reorder(memory, to: .plain)
    let y = engine.allocate(x.layout)
    let (from, to) = (x.elements, y.elements)
    for index in from.indices { to[index] = passes[index % passes.count] ? from[index] : 0 }
    return y
  }
}
