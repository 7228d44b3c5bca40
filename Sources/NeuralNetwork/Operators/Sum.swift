/// y = a + b + c + …, with broadcasting. Source: ONNX Sum-1, -6, -8, -13.
struct Sum: Operator {
  static let registrations = [
    Registration("Sum") { node in
      node.attributes.ignore("consumed_inputs")
      var shape = try node.operand(0)
      for index in node.inputs.indices.dropFirst() {
        let next = try node.operand(index)
        guard let common = Broadcasting.shape(shape, next) else {
          throw node.fault("combines shapes \(shape.shapeText) and \(next.shapeText), which do not fit.")
        }
        shape = common
      }
      return .operation(Sum())
    }
  ]

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [operands.dropFirst().reduce(operands[0]) { Broadcasting.shape($0, $1) ?? $0 }]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try pass.operands.dropFirst().reduce(pass.operands[0]) { try engine.combine(.add, $0, $1) })
  }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float { (0..<count).map(magnitude).reduce(0, +) }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    try pass.operands.indices.map { index in
      try pass.gradient(for: index).map {
        try engine.sum($0, count: pass.wanted[index], to: pass.operands[index].shape)
      }
    }
  }
}

extension Sum: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? { operands.reduce(0, +) }
}
