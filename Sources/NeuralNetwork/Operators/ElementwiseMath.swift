import Diagnostics
import Foundation

/// y = f(x), element by element, for the functions that oneDNN lacks, and the logarithm, which it has only roughly.
///
/// Source: ONNX Neg, Floor, Ceil, Log, Reciprocal-1, -6, -13; Erf, Sign-9, -13; Round-11, -22; Sin, Cos, Tan, Asin,
/// Acos, Atan-7, -22; Sinh, Cosh, Asinh, Acosh, Atanh-9, -22; HardSigmoid, Selu-1, -6, -22; Celu-12, -28; Softsign-1,
/// -22; ThresholdedRelu-10, -22; Shrink-9; Swish-24; IsNaN-9, -13, -20; IsInf-10, -20.
struct ElementwiseMath: FoldableOperator {
  enum Function: Equatable {
    case negation, floor, ceiling, rounding, truncation, logarithm, reciprocal, sign, errorFunction, softsign
    case sine, cosine, tangent, arcSine, arcCosine, arcTangent
    case hyperbolicSine, hyperbolicCosine, areaSine, areaCosine, areaTangent
    /// 1 where it holds, else 0.
    case isZero, isNonzero, isNaN
    case isInfinite(negative: Bool, positive: Bool)
    /// x · sigmoid(αx).
    case swish(alpha: Float)
    /// Towards zero by `bias` beyond ±`threshold`, and 0 in between.
    case shrink(bias: Float, threshold: Float)
    case hardSigmoid(alpha: Float, beta: Float)
    case selu(alpha: Float, gamma: Float)
    case celu(alpha: Float)
    case thresholdedRelu(alpha: Float)
  }

  static let registrations = [
    Registration("Neg") { try build(.negation, &$0) },
    Registration("Floor", gradient: .none) { try build(.floor, &$0) },
    Registration("Ceil", gradient: .none) { try build(.ceiling, &$0) },
    Registration("Round", since: 11, gradient: .none) { try build(.rounding, &$0) },
    Registration("Log") { try build(.logarithm, &$0) },
    Registration("Reciprocal") { try build(.reciprocal, &$0) },
    Registration("Sign", since: 9, gradient: .none) { try build(.sign, &$0) },
    Registration("Sin", since: 7) { try build(.sine, &$0) },
    Registration("Cos", since: 7) { try build(.cosine, &$0) },
    Registration("Tan", since: 7) { try build(.tangent, &$0) },
    Registration("Asin", since: 7) { try build(.arcSine, &$0) },
    Registration("Acos", since: 7) { try build(.arcCosine, &$0) },
    Registration("Atan", since: 7) { try build(.arcTangent, &$0) },
    Registration("Sinh", since: 9) { try build(.hyperbolicSine, &$0) },
    Registration("Cosh", since: 9) { try build(.hyperbolicCosine, &$0) },
    Registration("Asinh", since: 9) { try build(.areaSine, &$0) },
    Registration("Acosh", since: 9) { try build(.areaCosine, &$0) },
    Registration("Atanh", since: 9) { try build(.areaTangent, &$0) },
    Registration("IsNaN", since: 9, gradient: .none) { try build(.isNaN, &$0) },
    Registration("IsInf", since: 10, gradient: .none) { node in
      let negative = try node.attributes.flag("detect_negative", default: true)
      let positive = try node.attributes.flag("detect_positive", default: true)
      return try build(.isInfinite(negative: negative, positive: positive), &node)
    },
    Registration("Swish", since: 24) { node in
      try build(.swish(alpha: node.attributes.float("alpha", default: 1)), &node)
    },
    Registration("Shrink", since: 9) { node in
      let bias = try node.attributes.float("bias", default: 0)
      return try build(.shrink(bias: bias, threshold: node.attributes.float("lambd", default: 0.5)), &node)
    },
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

  func fold(_ operands: [Constant]) throws -> [Constant] {
    let constant = operands[0]
    guard constant.elementType != .float32 else { return [Constant(shape: constant.shape, constant.floats.map(value))] }
    let integers = constant.integers.map { Int64($0) }
    switch function {
    case .negation: return [Constant(shape: constant.shape, integers.map { 0 &- $0 })]
    case .sign: return [Constant(shape: constant.shape, integers.map { $0.signum() })]
    case .floor, .ceiling, .rounding, .truncation: return operands
    default: throw Diagnostic.error("the model applies a function of real numbers to integers.")
    }
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.map(pass.operands[0], value))
  }

  func passesGradient(from output: Int, to operand: Int) -> Bool {
    switch function {
    case .floor, .ceiling, .rounding, .truncation, .sign, .isZero, .isNonzero, .isNaN, .isInfinite: false
    default: true
    }
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
    case .truncation: { $0.rounded(.towardZero) }
    case .logarithm: { logf($0) }
    case .reciprocal: { 1 / $0 }
    case .sign: { $0 > 0 ? 1 : $0 < 0 ? -1 : $0.isNaN ? $0 : 0 }
    case .sine: { sinf($0) }
    case .cosine: { cosf($0) }
    case .tangent: { tanf($0) }
    case .arcSine: { asinf($0) }
    case .arcCosine: { acosf($0) }
    case .arcTangent: { atanf($0) }
    case .hyperbolicSine: { sinhf($0) }
    case .hyperbolicCosine: { coshf($0) }
    case .areaSine: { asinhf($0) }
    case .areaCosine: { acoshf($0) }
    case .areaTangent: { atanhf($0) }
    case .isZero: { $0 == 0 ? 1 : 0 }
    case .isNonzero: { $0 != 0 ? 1 : 0 }
    case .isNaN: { $0.isNaN ? 1 : 0 }
    case .isInfinite(let negative, let positive): { $0.isInfinite && ($0 < 0 ? negative : positive) ? 1 : 0 }
    case .swish(let alpha): { $0 / (1 + expf(-alpha * $0)) }
    case .shrink(let bias, let threshold): { $0 < -threshold ? $0 + bias : abs($0) <= threshold ? 0 : $0 - bias }
    case .errorFunction: { erff($0) }
    case .softsign: { $0 / (1 + abs($0)) }
    case .hardSigmoid(let alpha, let beta): { min(max(alpha * $0 + beta, 0), 1) }
    case .selu(let alpha, let gamma): { $0 > 0 ? gamma * $0 : gamma * alpha * expm1f($0) }
    case .celu(let alpha): { max($0, 0) + min(0, alpha * expm1f($0 / alpha)) }
    case .thresholdedRelu(let alpha): { $0 <= alpha ? 0 : $0 }
    }
  }

  /// f′(x); 0 where f steps.
  private var derivative: (Float) -> Float {
    switch function {
    case .negation: { _ in -1 }
    case .floor, .ceiling, .rounding, .truncation, .sign, .isZero, .isNonzero, .isNaN, .isInfinite: { _ in 0 }
    case .logarithm: { 1 / $0 }
    case .reciprocal: { -1 / ($0 * $0) }
    case .sine: { cosf($0) }
    case .cosine: { -sinf($0) }
    case .tangent: { 1 / (cosf($0) * cosf($0)) }
    case .arcSine: { 1 / (1 - $0 * $0).squareRoot() }
    case .arcCosine: { -1 / (1 - $0 * $0).squareRoot() }
    case .arcTangent: { 1 / (1 + $0 * $0) }
    case .hyperbolicSine: { coshf($0) }
    case .hyperbolicCosine: { sinhf($0) }
    case .areaSine: { 1 / ($0 * $0 + 1).squareRoot() }
    case .areaCosine: { 1 / ($0 * $0 - 1).squareRoot() }
    case .areaTangent: { 1 / (1 - $0 * $0) }
    case .swish(let alpha):
      {
        let gate = 1 / (1 + expf(-alpha * $0))
        return gate + alpha * $0 * gate * (1 - gate)
      }
    case .shrink(_, let threshold): { abs($0) <= threshold ? 0 : 1 }
    case .errorFunction: { 2 / Float.pi.squareRoot() * expf(-$0 * $0) }
    // As its value, the slope at infinity is not a number.
    case .softsign: { $0.isInfinite ? .nan : 1 / ((1 + abs($0)) * (1 + abs($0))) }
    case .hardSigmoid(let alpha, let beta): { abs(alpha * $0 + beta - 0.5) < 0.5 ? alpha : 0 }
    case .selu(let alpha, let gamma): { $0 <= 0 ? gamma * alpha * expf($0) : gamma }
    case .celu(let alpha): { $0 <= 0 ? expf($0 / alpha) : 1 }
    case .thresholdedRelu(let alpha): { $0 <= alpha ? 0 : 1 }
    }
  }
}

extension ElementwiseMath: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? { value(operands[0]) }
}
