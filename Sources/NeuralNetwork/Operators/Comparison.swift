/// Comparisons and logic, with broadcasting: 1 where true, else 0. They step, so no gradient passes.
///
/// Source: ONNX Equal-7, -11, -13, -19; Less, Greater-7, -9, -13; LessOrEqual, GreaterOrEqual-12, -16; And, Or, Xor-7;
/// Not-1.
struct Comparison: FoldableOperator {
  enum Function {
    case equal, less, lessOrEqual, greater, greaterOrEqual, and, or, xor
  }

  static let registrations = [
    Registration("Equal", since: 7, gradient: .none) { try build(.equal, &$0) },
    Registration("Less", since: 7, gradient: .none) { try build(.less, &$0) },
    Registration("LessOrEqual", since: 12, gradient: .none) { try build(.lessOrEqual, &$0) },
    Registration("Greater", since: 7, gradient: .none) { try build(.greater, &$0) },
    Registration("GreaterOrEqual", since: 12, gradient: .none) { try build(.greaterOrEqual, &$0) },
    Registration("And", since: 7, gradient: .none) { try build(.and, &$0) },
    Registration("Or", since: 7, gradient: .none) { try build(.or, &$0) },
    Registration("Xor", since: 7, gradient: .none) { try build(.xor, &$0) },
    Registration("Not", gradient: .none) { node in
      if node.isConstant(0) {
        let operand = try node.constant(0, "operand")
        return .constants([Constant(shape: operand.shape, booleans: operand.integers.map { $0 == 0 })])
      }
      try node.operand(0)
      return .operation(ElementwiseMath(function: .isZero))
    },
  ]

  let function: Function

  private static func build(_ function: Function, _ node: inout NodeReader) throws -> Translation {
    let areConstants = node.isConstant(0) && node.isConstant(1)
    let first = try areConstants ? node.operand(0) : node.floatOperand(0)
    let second = try areConstants ? node.operand(1) : node.floatOperand(1)
    guard Broadcasting.shape(first, second) != nil else {
      throw node.fault("compares shapes \(first.shapeText) and \(second.shapeText), which do not fit.")
    }
    return .operation(Comparison(function: function))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [Broadcasting.shape(operands[0], operands[1]) ?? operands[0]]
  }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    let shape = try outputShapes(operands.map(\.shape))[0]
    let (a, b) = (operands[0].broadcast(to: shape), operands[1].broadcast(to: shape))
    let results =
      a.elementType == .float32 || b.elementType == .float32
      ? zip(a.floats, b.floats).map(isTrue) : zip(a.integers, b.integers).map(isTrue)
    return [Constant(shape: shape, booleans: results)]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.zip(pass.operands[0], pass.operands[1]) { isTrue($0, $1) ? 1 : 0 })
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] { [nil, nil] }

  func passesGradient(from output: Int, to operand: Int) -> Bool { false }

  private func isTrue<Number: Comparable & Numeric>(_ a: Number, _ b: Number) -> Bool {
    switch function {
    case .equal: a == b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    case .and: a != 0 && b != 0
    case .or: a != 0 || b != 0
    case .xor: (a != 0) != (b != 0)
    }
  }
}

extension Comparison: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? { isTrue(operands[0], operands[1]) ? 1 : 0 }
}
