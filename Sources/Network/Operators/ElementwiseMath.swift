import Foundation

/// y = f(x), element by element, for the functions that oneDNN lacks, and the logarithm, which it has only roughly.
///
/// Source: ONNX Neg, Floor, Ceil, Log, Reciprocal-1, -6, -13; Erf, Sign-9, -13; Round-11, -22; Sin, Cos-7, -22;
/// HardSigmoid, Selu-1, -6, -22; Celu-12, -28; Softsign-1, -22; ThresholdedRelu-10, -22.
struct ElementwiseMath: Operator {
  enum Function: Equatable {
    case negation, floor, ceiling, rounding, logarithm, reciprocal, sign, sine, cosine, errorFunction, softsign
    case hardSigmoid(alpha: Float, beta: Float)
    case selu(alpha: Float, gamma: Float)
    case celu(alpha: Float)
    case thresholdedRelu(alpha: Float)
  }

  static let registrations = [
    Registration("Neg") { try build(.negation, &$0) },
    Registration("Floor") { try build(.floor, &$0) },
    Registration("Ceil") { try build(.ceiling, &$0) },
    Registration("Round", since: 11) { try build(.rounding, &$0) },
    Registration("Log") { try build(.logarithm, &$0) },
    Registration("Reciprocal") { try build(.reciprocal, &$0) },
    Registration("Sign", since: 9) { try build(.sign, &$0) },
    Registration("Sin", since: 7) { try build(.sine, &$0) },
    Registration("Cos", since: 7) { try build(.cosine, &$0) },
    Registration("Erf", since: 9) { try build(.errorFunction, &$0) },
    Registration("Softsign") { try build(.softsign, &$0) },
    Registration("HardSigmoid") { node in
      let alpha = try node.attributes.float("alpha", default: 0.2)
      return try build(.hardSigmoid(alpha: alpha, beta: node.attributes.float("beta", default: 0.5)), &node)
    },
    // Version 1 had other, rounded defaults.
    Registration("Selu") { node in
      let alpha = try node.attributes.float("alpha", default: 1.6732)
      return try build(.selu(alpha: alpha, gamma: node.attributes.float("gamma", default: 1.0507)), &node)
    },
    Registration("Selu", since: 6) { node in
      let alpha = try node.attributes.float("alpha", default: 1.67326319217681884765625)
      let gamma = try node.attributes.float("gamma", default: 1.05070102214813232421875)
      return try build(.selu(alpha: alpha, gamma: gamma), &node)
    },
    Registration("Celu", since: 12) { node in
      try build(.celu(alpha: node.attributes.float("alpha", default: 1)), &node)
    },
    Registration("ThresholdedRelu", since: 10) { node in
      try build(.thresholdedRelu(alpha: node.attributes.float("alpha", default: 1)), &node)
    },
  ]

  let function: Function

  private static func build(_ function: Function, _ node: inout NodeReader) throws -> Translation {
    try node.operand(0)
    node.attributes.ignore("consumed_inputs")
    return .operation(ElementwiseMath(function: function))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { operands }

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.map(operands[0], value))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let factor = try engine.map(pass.operands[0], derivative)
    return [try engine.mapParts(gradient, count: pass.wanted[0]) { try engine.combine(.multiply, $0, factor) }]
  }

  /// f(x).
  private var value: (Float) -> Float {
    switch function {
    case .negation: { -$0 }
    case .floor: { $0.rounded(.down) }
    case .ceiling: { $0.rounded(.up) }
    case .rounding: { $0.rounded(.toNearestOrEven) }
    case .logarithm: { logf($0) }
    case .reciprocal: { 1 / $0 }
    case .sign: { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
    case .sine: { sinf($0) }
    case .cosine: { cosf($0) }
    case .errorFunction: { erff($0) }
    case .softsign: { $0 / (1 + abs($0)) }
    case .hardSigmoid(let alpha, let beta): { min(max(alpha * $0 + beta, 0), 1) }
    case .selu(let alpha, let gamma): { $0 > 0 ? gamma * $0 : gamma * alpha * expm1f($0) }
    case .celu(let alpha): { max($0, 0) + min(0, alpha * expm1f($0 / alpha)) }
    case .thresholdedRelu(let alpha): { $0 > alpha ? $0 : 0 }
    }
  }

  /// f′(x); 0 where f steps.
  private var derivative: (Float) -> Float {
    switch function {
    case .negation: { _ in -1 }
    case .floor, .ceiling, .rounding, .sign: { _ in 0 }
    case .logarithm: { 1 / $0 }
    case .reciprocal: { -1 / ($0 * $0) }
    case .sine: { cosf($0) }
    case .cosine: { -sinf($0) }
    case .errorFunction: { 2 / Float.pi.squareRoot() * expf(-$0 * $0) }
    case .softsign: { 1 / ((1 + abs($0)) * (1 + abs($0))) }
    case .hardSigmoid(let alpha, let beta): { abs(alpha * $0 + beta - 0.5) < 0.5 ? alpha : 0 }
    case .selu(let alpha, let gamma): { $0 > 0 ? gamma : gamma * alpha * expf($0) }
    case .celu(let alpha): { $0 > 0 ? 1 : expf($0 / alpha) }
    case .thresholdedRelu(let alpha): { $0 > alpha ? 1 : 0 }
    }
  }
}

extension Engine {
  /// `transform` of each element, plain.
  func map(_ memory: Memory, _ transform: (Float) -> Float) throws -> Memory {
    let source = try reorder(memory, to: .plain)
    let result = allocate(source.layout)
    let (from, to) = (source.elements, result.elements)
    for index in from.indices { to[index] = transform(from[index]) }
    return result
  }
}
