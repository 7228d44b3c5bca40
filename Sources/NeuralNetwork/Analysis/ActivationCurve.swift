import Foundation

/// An activation function, known by its values.
///
/// However it is spelled, in whatever order of operands, with whatever constants: what has the values of a SiLU is one, and
/// what has not is none. Rectifiers are not among these: to them the guided rule applies (`RectifierSpelling`).
struct ActivationCurve: Sendable {
  /// What the field calls it.
  let name: String
  /// f(x).
  private let function: @Sendable (Double) -> Double
  /// Whether it keeps its name where it is multiplied by a number.
  private var mayBeScaled = false

  /// Where functions are looked at: on both sides of every bend that an activation has, and far out.
  static let points: [Float] =
    [-40, -20, -14, -10] + stride(from: -8, through: 8, by: 0.25) + [-0.01, 0.01, 10, 14, 20, 40]

  /// By how much numbers of half precision, and sums in float32, may be off, as a share of what is above 1.
  private static let tolerance = 1e-3

  /// The name of the function that has these values at `points`; `nil` where none that is known has.
  static func name(of values: [Float]) -> String? {
    let values = values.map(Double.init)
    return (fixed + fitted(to: values)).first { $0.fits(values) }?.name
  }

  /// The name of the function that has these values times a number other than 1, as where the number is part of what follows.
  static func name(ofScaled values: [Float]) -> String? {
    guard let last = values.last, last != 0 else { return nil }
    // All of them go along with x in the end.
    let factor = Double(last) / Double(points[points.count - 1])
    let values = values.map { Double($0) / factor }
    return (fixed + fitted(to: values)).first { $0.mayBeScaled && $0.fits(values) }?.name
  }

  private func fits(_ values: [Double]) -> Bool {
    zip(Self.points, values).allSatisfy { point, value in
      let expected = function(Double(point))
      return abs(value - expected) <= Self.tolerance * max(1, abs(expected))
    }
  }

  // MARK: - The functions

  private static let fixed = [
    ActivationCurve(name: "HardSwish", function: { $0 * hardSigmoid($0, 1 / 6) }, mayBeScaled: true),
    ActivationCurve(name: "GELU", function: { $0 * (1 + erf($0 / 2.0.squareRoot())) / 2 }, mayBeScaled: true),
    ActivationCurve(
      name: "GELU",
      function: { $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) / 2 },
      mayBeScaled: true),
    ActivationCurve(name: "Mish", function: { $0 * tanh(softplus($0)) }, mayBeScaled: true),
    ActivationCurve(
      name: "SELU", function: { 1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * expm1($0)) }),
    ActivationCurve(name: "Softsign", function: { $0 / (1 + abs($0)) }),
    ActivationCurve(name: "HardSigmoid", function: { hardSigmoid($0, 1 / 6) }),
    ActivationCurve(name: "HardSigmoid", function: { hardSigmoid($0, 0.2) }),
    ActivationCurve(name: "LogSigmoid", function: { -softplus(-$0) }),
    ActivationCurve(name: "Tanhshrink", function: { $0 - tanh($0) }),
  ]

  /// The functions with a parameter, which follows from one of the values.
  private static func fitted(to values: [Double]) -> [ActivationCurve] {
    func value(at point: Float) -> Double { points.firstIndex(of: point).map { values[$0] } ?? .nan }
    var curves: [ActivationCurve] = []
    let gate = value(at: 1)
    let slope = log(gate / (1 - gate))
    // With no slope it would be x / 2.
    if slope.isFinite, slope.magnitude > 0.05 {
      let name = abs(slope - 1) < 0.01 ? "SiLU" : abs(slope - 1.702) < 0.01 ? "QuickGELU" : "Swish"
      curves.append(
        ActivationCurve(name: name, function: { $0 / (1 + exp(-slope * $0)) }, mayBeScaled: name != "Swish"))
    }
    let leak = value(at: -40) / -40
    if leak.magnitude > 1e-6, abs(leak - 1) > 1e-3, leak > -1 {
      curves.append(ActivationCurve(name: "LeakyReLU", function: { $0 > 0 ? $0 : leak * $0 }))
    }
    let depth = -value(at: -40)
    if depth > 1e-2, depth < 8 {
      curves.append(ActivationCurve(name: "ELU", function: { $0 > 0 ? $0 : depth * expm1($0) }))
      curves.append(ActivationCurve(name: "CELU", function: { $0 > 0 ? $0 : depth * expm1($0 / depth) }))
    }
    let beta = M_LN2 / value(at: 0)
    if beta > 0.05, beta < 20 {
      curves.append(ActivationCurve(name: "Softplus", function: { softplus(beta * $0) / beta }))
    }
    if let first = points.first(where: { $0 > 0 && value(at: $0) != 0 }), first > 0.01 {
      // Somewhere between two points it begins.
      curves.append(ActivationCurve(name: "ThresholdedReLU", function: { $0 < Double(first) ? 0 : $0 }))
    }
    let shrunk = 40 - value(at: 40)
    if shrunk > 1e-2, shrunk < 8 {
      curves.append(
        ActivationCurve(name: "Softshrink", function: { abs($0) <= shrunk ? 0 : $0 > 0 ? $0 - shrunk : $0 + shrunk }))
    }
    return curves
  }

  private static func hardSigmoid(_ x: Double, _ slope: Double) -> Double { min(max(slope * x + 0.5, 0), 1) }

  /// log(1 + exp(x)), without overflow.
  private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
}
