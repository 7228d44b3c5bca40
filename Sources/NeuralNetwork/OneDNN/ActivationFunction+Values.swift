import Foundation

extension ActivationFunction {
  /// f(x), one element at a time: what PyTorch has, also for infinity and for what is not a number.
  var value: (Float) -> Float {
    switch self {
    case .sigmoid: { 1 / (1 + expf(-$0)) }
    case .tanh: { tanhf($0) }
    case .hardSwish: { $0 * min(max($0 / 6 + 0.5, 0), 1) }
    case .mish: { $0 * tanhf(Self.softplus($0)) }
    case .gelu: { $0 * Self.normal($0) }
    case .geluTanh: { 0.5 * $0 * (1 + tanhf(Self.geluArgument($0))) }
    case .softplus: { Self.softplus($0) }
    case .exponential: { expf($0) }
    case .squareRoot: { $0.squareRoot() }
    case .absolute: { abs($0) }
    case .elu(let alpha): { $0 <= 0 ? alpha * expm1f($0) : $0 }
    case .leakyRelu(let slope): { $0 > 0 ? $0 : $0 * slope }
    }
  }

  /// f′(x), the same way.
  var derivative: (Float) -> Float {
    switch self {
    case .sigmoid:
      {
        let y = 1 / (1 + expf(-$0))
        return y * (1 - y)
      }
    case .tanh: { 1 - tanhf($0) * tanhf($0) }
    case .hardSwish: { $0 < -3 ? 0 : $0 <= 3 ? $0 / 3 + 0.5 : 1 }
    case .mish:
      { x in
        let inner = tanhf(Self.softplus(x))
        return inner + x * (1 - inner * inner) / (1 + expf(-x))
      }
    case .gelu: { x in Self.normal(x) + x * expf(-x * x / 2) / (2 * Float.pi).squareRoot() }
    case .geluTanh:
      { x in
        let inner = tanhf(Self.geluArgument(x))
        let slope = (2 / Float.pi).squareRoot() * (1 + 3 * 0.044715 * x * x)
        return 0.5 * (1 + inner) + 0.5 * x * (1 - inner * inner) * slope
      }
    case .softplus: { 1 / (1 + expf(-$0)) }
    case .exponential: { expf($0) }
    case .squareRoot: { 0.5 / $0.squareRoot() }
    case .absolute: { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
    case .elu(let alpha): { $0 <= 0 ? alpha * expf($0) : 1 }
    case .leakyRelu(let slope): { $0 > 0 ? 1 : slope }
    }
  }

  /// log(1 + exp(x)), without overflow.
  private static func softplus(_ x: Float) -> Float { x > 20 ? x : log1pf(expf(x)) }

  /// Φ(x), the standard normal distribution.
  private static func normal(_ x: Float) -> Float { 0.5 * (1 + erff(x / Float(2).squareRoot())) }

  private static func geluArgument(_ x: Float) -> Float {
    (2 / Float.pi).squareRoot() * (x + 0.044715 * x * x * x)
  }
}
