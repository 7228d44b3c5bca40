/// y = (a + b + c + …) / n, with broadcasting. Source: ONNX Mean-1, -6, -8, -13.
struct Mean: Operator {
  static let registrations = [
    Registration("Mean") { node in
      var shape = try node.operand(0)
      node.attributes.ignore("consumed_inputs")
      for index in node.inputs.indices.dropFirst() {
        let next = try node.operand(index)
        guard let common = Broadcasting.shape(shape, next) else {
          throw node.fault("combines shapes \(shape.shapeText) and \(next.shapeText), which do not fit.")
        }
        shape = common
      }
      return .operation(Mean())
    }
  ]

  private let sum = Sum()

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { try sum.outputShapes(operands) }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let total = try sum.forward(pass, on: engine).outputs[0]
    return ForwardResult(try engine.scale(total, by: 1 / Float(pass.operands.count)))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    try sum.backward(pass, on: engine).map { gradient in
      try gradient.map { try engine.scale($0, by: 1 / Float(pass.operands.count)) }
    }
  }
}

extension Mean: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? { operands.reduce(0, +) / Float(operands.count) }
}
