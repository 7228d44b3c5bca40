import CKernels

/// Relu, or Clip between two constants: activations that cut gradients, to which the guided rule applies.
///
/// Guided backpropagation applies to y = max(x, 0) and y = min(max(x, 0), b); a clip with another lower bound keeps its
/// plain derivative. Source: ONNX Relu-1, -6, -13, -14; Clip-1, -6, -11, -13; Springenberg et al. 2015.
struct Rectifier: Operator {
  static let registrations = [
    Registration("Relu") { node in
      try node.operand(0)
      node.attributes.ignore("consumed_inputs")
      return .operation(Rectifier(function: .relu))
    },
    Registration("Clip") { node in
      try node.operand(0)
      node.attributes.ignore("consumed_inputs")
      return try clip(try node.attributes.optionalFloat("min"), try node.attributes.optionalFloat("max"), node)
    },
    Registration("Clip", since: 11) { node in
      try node.operand(0)
      return try clip(
        try node.optionalConstant(1, "lower bound")?.floats.first,
        try node.optionalConstant(2, "upper bound")?.floats.first, node)
    },
  ]

  let function: ElementwiseFunction
  /// Whether the guided rule applies: where this is a layer's activation, and not, for one, what keeps a root from zero.
  var isGuidable: Bool

  init(function: ElementwiseFunction) {
    self.function = function
    isGuidable = function.limits.lower == 0
  }

  private static func clip(_ lower: Float?, _ upper: Float?, _ node: NodeReader) throws -> Translation {
    let (lower, upper) = (lower ?? -.greatestFiniteMagnitude, upper ?? .greatestFiniteMagnitude)
    guard !lower.isNaN, !upper.isNaN else { throw node.fault("has a bound that is not a number.") }
    if lower == 0, upper == .greatestFiniteMagnitude { return .operation(Rectifier(function: .relu)) }
    // ONNX: where the bounds cross, everything becomes the upper one.
    return .operation(Rectifier(function: .clip(lower: min(lower, upper), upper: upper)))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let output = engine.allocate(pass.operands[0].layout)
    let (x, y, limits) = (pass.operands[0].floats, output.floats, function.limits)
    Threads.forEachChunk(of: output.layout.elementCount) { chunk in
      // oneDNN would make a number of what is none.
      rectify(x + chunk.lowerBound, chunk.count, limits.lower, limits.upper, y + chunk.lowerBound)
    }
    return ForwardResult(output)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    return [
      try RectifierGradient(self).apply(
        gradient, addend: pass.addend?.prefix(pass.wanted[0], of: pass.count), output: pass.outputs[0],
        rules: Array(pass.rules.prefix(pass.wanted[0])), on: engine)
    ]
  }

  var sumsGradients: Bool { true }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float {
    let (x, limits) = (magnitude(0), function.limits)
    // What is not a number passes, and an infinite bound may hide one.
    guard x.isFinite else { return .infinity }
    let highest = max(abs(limits.lower), abs(limits.upper))
    return limits.lower <= 0 && limits.upper >= 0 ? min(x, highest) : highest
  }
}

extension RectifierGradient {
  /// - Parameters:
  ///   - rectifier: `nil` where there is none.
  ///   - scale: what the rectified value was multiplied by before, [C].
  init(_ rectifier: Rectifier?, scale: [Float]? = nil) {
    self.init(function: rectifier?.function, isGuidable: rectifier?.isGuidable ?? false, scale: scale)
  }
}

extension Rectifier: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? {
    let (lower, upper) = function.limits
    return min(max(operands[0], lower), upper)
  }
}
