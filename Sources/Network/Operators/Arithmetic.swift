import Diagnostics

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

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.combine(function, operands[0], operands[1]))
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

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    ForwardResult(try operands.dropFirst().reduce(operands[0]) { try engine.combine(.add, $0, $1) })
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

extension Engine {
  /// a ∘ b with broadcasting of both, in a layout of either.
  func combine(_ function: BinaryFunction, _ first: Memory, _ second: Memory) throws -> Memory {
    guard let shape = Broadcasting.shape(first.shape, second.shape) else {
      throw Diagnostic.error("shapes \(first.shape.shapeText) and \(second.shape.shapeText) do not fit together.")
    }
    if first.shape == second.shape {
      return try apply(function, first, reorder(second, to: first.layout.format))
    }
    let commutes = function == .add || function == .multiply
    if commutes, first.shape != shape, second.shape == shape { return try combine(function, second, first) }
    let rank = shape.count
    let left = try broadcast(first, to: shape)
    let right = try reorder(second, to: .plain).reshaped(Broadcasting.padded(second.shape, rank))
    return try apply(function, left, right)
  }

  /// A constant of shape [1].
  func scalar(_ value: Float) -> Memory { upload(Tensor(shape: [1], [value])) }

  /// Applies `transform` to each of `count` equal parts along the first axis and joins the results.
  func mapParts(_ memory: Memory, count: Int, _ transform: (Memory) throws -> Memory) throws -> Memory {
    if count == 1 { return try transform(memory) }
    let results = try (0..<count).map { try transform(memory.part($0, of: count)) }
    let parts = try results.map { try reorder($0, to: results[0].layout.format) }
    let result = allocate(parts[0].layout.batched(count))
    for (index, part) in parts.enumerated() {
      let bytes = part.layout.byteCount
      (result.address + index * bytes).copyMemory(from: part.address, byteCount: bytes)
    }
    return result
  }
}
