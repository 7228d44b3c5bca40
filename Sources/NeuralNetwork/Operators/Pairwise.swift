import Foundation

/// y = f(a, b), element by element, with broadcasting, for the functions that oneDNN lacks.
///
/// Source: ONNX Pow-7, -12, -13, -15; Mod-10, -13, -28; PRelu-7, -9, -16.
struct Pairwise: FoldableOperator {
  enum Function {
    /// a to the power of b.
    case power
    /// a − b · ⌊a / b⌋, with the sign of b.
    case modulo
    /// a − b · trunc(a / b), with the sign of a, as C's fmod.
    case remainder
    /// a where it is positive, else a · b.
    case leak
  }

  static let registrations = [
    Registration("Pow", since: 7) { try build(.power, &$0) },
    Registration("PRelu", since: 7) { try build(.leak, &$0) },
    Registration("Mod", since: 10) { node in
      try build(node.attributes.flag("fmod") ? .remainder : .modulo, &node)
    },
  ]

  let function: Function

  private static func build(_ function: Function, _ node: inout NodeReader) throws -> Translation {
    let (first, second) = (try node.operand(0), try node.operand(1))
    guard let shape = Broadcasting.shape(first, second), function != .leak || shape == first else {
      throw node.fault("combines shapes \(first.shapeText) and \(second.shapeText), which do not fit.")
    }
    return .operation(Pairwise(function: function))
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [Broadcasting.shape(operands[0], operands[1]) ?? operands[0]]
  }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    [
      try Constant.combine(operands[0], operands[1], floats: value) { a, b in
        switch function {
        case .power: Int64(exactly: pow(Double(a), Double(b)).rounded(.towardZero)) ?? .max
        case .modulo: b == 0 ? nil : b == -1 ? 0 : a % b + (a % b != 0 && (a < 0) != (b < 0) ? b : 0)
        case .remainder: b == 0 ? nil : b == -1 ? 0 : a % b
        case .leak: a > 0 ? a : a &* b
        }
      }
    ]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.zip(pass.operands[0], pass.operands[1], value))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    try [0, 1].map { index in
      guard let gradient = pass.gradient(for: index) else { return nil }
      let derivative = index == 0 ? derivativeAtFirst : derivativeAtSecond
      let factor = try engine.zip(pass.operands[0], pass.operands[1], derivative)
      let local = try engine.mapParts(gradient, count: pass.wanted[index]) { try engine.combine(.multiply, $0, factor) }
      return try engine.sum(local, count: pass.wanted[index], to: pass.operands[index].shape)
    }
  }

  private var value: (Float, Float) -> Float {
    switch function {
    case .power: { $1 == 2 ? $0 * $0 : powf($0, $1) }
    case .modulo: { $0 - $1 * ($0 / $1).rounded(.down) }
    case .remainder: { fmodf($0, $1) }
    case .leak: { $0 > 0 ? $0 : $0 * $1 }
    }
  }

  /// ∂y/∂a.
  private var derivativeAtFirst: (Float, Float) -> Float {
    switch function {
    case .power: { $1 == 0 ? 0 : $1 == 2 ? 2 * $0 : $1 * powf($0, $1 - 1) }
    case .modulo, .remainder: { _, _ in 1 }
    case .leak: { $0 > 0 ? 1 : $1 }
    }
  }

  /// ∂y/∂b.
  private var derivativeAtSecond: (Float, Float) -> Float {
    switch function {
    case .power: { $0 > 0 ? powf($0, $1) * logf($0) : 0 }
    case .modulo: { -($0 / $1).rounded(.down) }
    case .remainder: { -($0 / $1).rounded(.towardZero) }
    case .leak: { a, _ in min(a, 0) }
    }
  }
}

extension Pairwise: ElementOperator {
  func value(ofElements operands: [Float]) -> Float? { value(operands[0], operands[1]) }
}
