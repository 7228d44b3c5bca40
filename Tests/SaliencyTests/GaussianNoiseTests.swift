import Foundation
import Testing

@testable import Saliency

@Suite("Noise from a seed")
struct GaussianNoiseTests {
  @Test("the logarithm is the system's, but for rounding")
  func logarithm() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<10_000 {
      let x = (generator.nextSigned() + 1) / 2 + 0x1p-54
      #expect(abs(GaussianNoise.logarithm(x) - log(x)) <= 4e-16 * max(1, abs(log(x))))
    }
    #expect(GaussianNoise.logarithm(1) == 0)
  }

  @Test("it has the moments of the normal distribution, and as many numbers beyond 1, 2 and 3")
  func moments() {
    let values = GaussianNoise.values(200_000, seed: 7)
    func mean(_ power: Double) -> Double { values.reduce(0) { $0 + pow($1, power) } / Double(values.count) }
    for (power, expected) in [(1.0, 0.0), (2, 1), (3, 0), (4, 3)] { #expect(abs(mean(power) - expected) < 0.05) }
    for (limit, share) in [(1.0, 0.3173), (2, 0.0455), (3, 0.0027)] {
      let found = Double(values.count { abs($0) > limit }) / Double(values.count)
      #expect(abs(found - share) < 4 * (share / Double(values.count)).squareRoot())
    }
  }

  @Test("the same numbers for the same seed, to the bit, and others for another")
  func seeds() {
    // From an implementation of the same two algorithms in Python.
    #expect(GaussianNoise.values(4, seed: 0).map(\.bitPattern) == Self.reference)
    #expect(GaussianNoise.values(4, seed: 1) != GaussianNoise.values(4, seed: 0))
  }

  private static let reference: [UInt64] = [
    0x3fef8140ae1026c7, 0xbfc682e27f92f3d9, 0xbfe6c93ef6b47ed9, 0xbfd3fd7424aef38b,
  ]
}
