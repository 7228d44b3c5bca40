/// y = f(x), element by element, for the activations and functions that oneDNN has.
///
/// None of them is a rectifier: the guided rule leaves their derivatives alone. Source: ONNX Sigmoid, Tanh, Exp,
/// Sqrt, Abs-1, -6, -13; Elu, LeakyRelu, Softplus-1, -6, -16, -22; HardSwish-14, -22; Mish-18, -22; Gelu-20.
struct Activation: Operator {
  static let registrations = [
    Registration("Sigmoid") { try build(.sigmoid, &$0) },
    Registration("Tanh") { try build(.tanh, &$0) },
    Registration("HardSwish", since: 14) { try build(.hardSwish, &$0) },
    Registration("Mish", since: 18) { try build(.mish, &$0) },
    Registration("Softplus") { try build(.softplus, &$0) },
    Registration("Exp") { try build(.exponential, &$0) },
    Registration("Sqrt") { try build(.squareRoot, &$0) },
    Registration("Abs") { try build(.absolute, &$0) },
    Registration("Elu") { node in
      try build(.elu(alpha: node.attributes.float("alpha", default: 1)), &node)
    },
    Registration("LeakyRelu") { node in
      try build(.leakyRelu(slope: node.attributes.float("alpha", default: 0.01)), &node)
    },
    Registration("Gelu", since: 20) { node in
      switch try node.attributes.string("approximate", default: "none") {
      case "none": try build(.gelu, &node)
      case "tanh": try build(.geluTanh, &node)
      case let other: throw node.fault("has the unknown approximation “\(other)”.")
      }
    },
  ]

  let function: ActivationFunction

  private static func build(_ function: ActivationFunction, _ node: inout NodeReader) throws -> Translation {
    try node.operand(0)
    node.attributes.ignore("consumed_inputs")
    return .operation(Activation(function: function))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    guard isRight(at: pass.operands[0]) else { return ForwardResult(try engine.map(pass.operands[0], function.value)) }
    let output = engine.allocate(pass.operands[0].layout)
    try engine.execute(
      engine.primitive(recipe(output.layout)), [(.source, pass.operands[0]), (.destination, output)])
    return ForwardResult(output)
  }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float {
    let x = magnitude(0)
    // What is not a number passes, and an infinite bound may hide one.
    guard x.isFinite else { return .infinity }
    switch function {
    case .sigmoid, .tanh: return 1
    case .hardSwish, .mish, .gelu, .geluTanh, .absolute: return x
    case .elu(let alpha): return max(x, abs(alpha))
    case .leakyRelu(let slope): return max(x, abs(slope) * x)
    case .softplus, .exponential, .squareRoot: return .infinity
    }
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let x = pass.operands[0]
    guard isRight(at: x) else {
      let factor = try engine.map(x, function.derivative)
      return [try engine.mapParts(gradient, count: pass.wanted[0]) { try engine.combine(.multiply, $0, factor) }]
    }
    let dy = try engine.reorder(gradient, to: x.layout.format)
    let dx = engine.allocate(dy.layout)
    let derivative = try engine.primitive(ActivationBackward(forward: recipe(x.layout)))
    for index in 0..<pass.wanted[0] {
      try engine.execute(
        derivative,
        [
          (.source, x), (.destinationGradient, dy.part(index, of: pass.wanted[0])),
          (.sourceGradient, dx.part(index, of: pass.wanted[0])),
        ])
    }
    return [dx]
  }

  /// Whether oneDNN computes the function as it should: what is not a number has an infinite exponential there.
  private func isRight(at x: Memory) -> Bool { function != .exponential || !x.greatestMagnitude.isNaN }

  private func recipe(_ layout: Layout) -> ActivationForward {
    ActivationForward(function: function, layout: layout)
  }
}

extension Activation: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? { function.value(operands[0]) }
}
