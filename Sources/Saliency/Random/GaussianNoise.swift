/// Numbers with mean 0 and variance 1 that are normally distributed, the same for a seed on every machine to the last bit.
///
/// The logarithm is worked out here: that of the system may round otherwise from one library to the next, while sums, products,
/// quotients and roots do not. Source: Marsaglia and Bray 1964, the polar method.
struct GaussianNoise {
  private var generator: SplitMix64
  /// The second of a pair.
  private var spare: Double?

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    while true {
      let (x, y) = (generator.nextSigned(), generator.nextSigned())
      let square = x * x + y * y
      guard square < 1, square > 0 else { continue }
      let length = (-2 * Self.logarithm(square) / square).squareRoot()
      spare = y * length
      return x * length
    }
  }

  /// So many of the numbers.
  static func values(_ count: Int, seed: UInt64) -> [Double] {
    var noise = GaussianNoise(seed: seed)
    return (0..<count).map { _ in noise.next() }
  }

  /// ln x of a positive normal number: 2 artanh((m − 1) / (m + 1)) + e ln 2, where x = m · 2^e and m is near 1.
  static func logarithm(_ x: Double) -> Double {
    var (significand, exponent) = (x.significand, Double(x.exponent))
    if significand > 1.414 { (significand, exponent) = (significand / 2, exponent + 1) }
    let ratio = (significand - 1) / (significand + 1)
    let square = ratio * ratio
    // |ratio| is below 0.172, so that the thirteenth term is below 1e-20.
    var sum = 0.0
    for term in stride(from: 25, through: 1, by: -2) { sum = sum * square + 1 / Double(term) }
    return 2 * ratio * sum + exponent * 0.693_147_180_559_945_3
  }
}
