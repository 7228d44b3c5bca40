/// The largest or smallest of several tensors, element by element, with broadcasting. Equal ones share the gradient.
///
/// Source: ONNX Max, Min-1, -6, -8, -12, -13.
struct Extremum: FoldableOperator {
  static let registrations = [
    Registration("Max") { try build(isMaximum: true, &$0) },
    Registration("Min") { try build(isMaximum: false, &$0) },
  ]

  let isMaximum: Bool

  private static func build(isMaximum: Bool, _ node: inout NodeReader) throws -> Translation {
    var shape = try node.operand(0)
    node.attributes.ignore("consumed_inputs")
    for index in node.inputs.indices.dropFirst() {
      let next = try node.operand(index)
      guard let common = Broadcasting.shape(shape, next) else {
        throw node.fault("combines shapes \(shape.shapeText) and \(next.shapeText), which do not fit.")
      }
      shape = common
    }
    return .operation(Extremum(isMaximum: isMaximum))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [operands.dropFirst().reduce(operands[0]) { Broadcasting.shape($0, $1) ?? $0 }]
  }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    [
      try operands.dropFirst().reduce(operands[0]) { found, next in
        try Constant.combine(found, next, floats: choose) { isMaximum ? max($0, $1) : min($0, $1) }
      }
    ]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try pass.operands.dropFirst().reduce(pass.operands[0]) { try engine.zip($0, $1, choose) })
  }

  /// One of two; what is not a number, if either is not.
  private var choose: (Float, Float) -> Float {
    isMaximum ? { $0 >= $1 || $0.isNaN ? $0 : $1 } : { $0 <= $1 || $0.isNaN ? $0 : $1 }
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    let y = pass.outputs[0]
    let winners = try pass.operands.map { try engine.zip(y, $0) { $0 == $1 || $1.isNaN ? 1 : 0 } }
    let ties = try winners.dropFirst().reduce(winners[0]) { try engine.combine(.add, $0, $1) }
    return try pass.operands.indices.map { index in
      guard let gradient = pass.gradient(for: index) else { return nil }
      let share = try engine.combine(.divide, winners[index], ties)
      let local = try engine.mapParts(gradient, count: pass.wanted[index]) { try engine.combine(.multiply, $0, share) }
      return try engine.sum(local, count: pass.wanted[index], to: pass.operands[index].shape)
    }
  }
}

extension Extremum: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? { operands.dropFirst().reduce(operands[0], choose) }
}
