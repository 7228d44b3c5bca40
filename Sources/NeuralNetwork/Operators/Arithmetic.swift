/// y = a ∘ b element by element, for +, −, × and ÷, with broadcasting.
///
/// Source: ONNX Add, Sub, Mul, Div-7, -13, -14.
struct Arithmetic: Operator {
  static let registrations = [
    Registration("Add", since: 7) { try build(.add, &$0) },
    Registration("Sub", since: 7) { try build(.subtract, &$0) },
    Registration("Mul", since: 7) { try build(.multiply, &$0) },
    Registration("Div", since: 7) { try build(.divide, &$0) },
  ]

  let function: BinaryFunction

  private static func build(_ function: BinaryFunction, _ node: inout NodeReader) throws -> Translation {
    let (first, second) = (try node.operand(0), try node.operand(1))
    guard Broadcasting.shape(first, second) != nil else {
      throw node.fault("combines shapes \(first.shapeText) and \(second.shapeText), which do not fit.")
    }
    return .operation(Arithmetic(function: function))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [Broadcasting.shape(operands[0], operands[1]) ?? operands[0]]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.combine(function, pass.operands[0], pass.operands[1]))
  }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float {
    switch function {
    case .add, .subtract: magnitude(0) + magnitude(1)
    case .multiply: magnitude(0) * magnitude(1)
    case .divide: .infinity
    }
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    try [0, 1].map { index in
      guard let gradient = pass.gradient(for: index) else { return nil }
      let count = pass.wanted[index]
      let local = try derivative(at: index, gradient, count: count, pass, on: engine)
      return try engine.sum(local, count: count, to: pass.operands[index].shape)
    }
  }

  /// dy · ∂y/∂operand in the shape of y, one gradient of the batch at a time: the factors belong to one image.
  private func derivative(
    at index: Int, _ gradient: Memory, count: Int, _ pass: BackwardPass, on engine: Engine
  ) throws -> Memory {
    let other = pass.operands[1 - index]
    switch (function, index) {
    case (.add, _), (.subtract, 0): return gradient
    case (.subtract, _): return try engine.combine(.multiply, gradient, engine.scalar(-1))
    case (.multiply, _):
      return try engine.mapParts(gradient, count: count) { try engine.combine(.multiply, $0, other) }
    case (.divide, 0): return try engine.mapParts(gradient, count: count) { try engine.combine(.divide, $0, other) }
    case (.divide, _):
      // ∂(a/b)/∂b = −y/b.
      let factor = try engine.combine(
        .multiply, engine.combine(.divide, pass.outputs[0], pass.operands[1]), engine.scalar(-1))
      return try engine.mapParts(gradient, count: count) { try engine.combine(.multiply, $0, factor) }
    }
  }
}

extension Arithmetic: FoldableOperator {
  fileprivate var floats: (Float, Float) -> Float {
    switch function {
    case .add: { $0 + $1 }
    case .subtract: { $0 - $1 }
    case .multiply: { $0 * $1 }
    case .divide: { $0 / $1 }
    }
  }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    [
      try Constant.combine(operands[0], operands[1], floats: floats) { a, b in
        switch function {
        case .add: a &+ b
        case .subtract: a &- b
        case .multiply: a &* b
        case .divide: b == 0 ? nil : a.dividedReportingOverflow(by: b).partialValue
        }
      }
    ]
  }
}

extension Arithmetic: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? { floats(operands[0], operands[1]) }
}
