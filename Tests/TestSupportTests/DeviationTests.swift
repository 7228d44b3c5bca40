import NeuralNetwork
import TestSupport
import Testing

/// What every other comparison of numbers rests on.
@Suite("The comparison of numbers")
struct DeviationTests {
  private static let reference: [Float] = [1, -4, 2]

  @Test("is the largest difference as a part of the largest reference value")
  func value() {
    #expect(deviation(Self.reference, from: Self.reference) == 0)
    #expect(deviation([1, -4, 3] as [Float], from: Self.reference) == 0.25)
    #expect(deviation([1, -4, 2] as [Float], from: [1, -4, 2.5] as [Double]) == 0.125)
  }

  @Test(
    "lets nothing pass that is not a number, infinite, of another count or missing",
    arguments: [[.nan, -4, 2], [1, -4, .nan], [1, .infinity, 2], [1, -.infinity, 2], [1, -4], [1, -4, 2, 0], []]
      as [[Float]])
  func hopeless(found: [Float]) {
    #expect(deviation(found, from: Self.reference) == .infinity)
    #expect(deviation(Self.reference, from: found) == .infinity)
  }

  @Test("an infinity is no reference, not even for itself", arguments: [Float.infinity, -.infinity, .nan])
  func hopelessReference(value: Float) {
    #expect(deviation([value], from: [value]) == .infinity)
    #expect(deviation([0] as [Float], from: [value]) == .infinity)
    #expect(deviation([value], from: [value] as [Float]) == .infinity)
  }

  @Test("zeros deviate by all there is, and against zeros only zeros pass")
  func zeros() {
    #expect(deviation([0, 0, 0] as [Float], from: Self.reference) == 1)
    #expect(deviation([0, 0] as [Float], from: [0, 0] as [Float]) == 0)
    #expect(deviation([0, 1e-30] as [Float], from: [0, 0] as [Float]) == .infinity)
    #expect(deviation([] as [Float], from: [] as [Float]) == .infinity)
  }

  @Test("of tensors looks at the shapes too")
  func shapes() {
    let reference = Tensor(shape: [1, 3], Self.reference)
    #expect(reference.deviation(from: reference) == 0)
    #expect(Tensor(shape: [3], Self.reference).deviation(from: reference) == .infinity)
    #expect(Tensor(shape: [3, 1], Self.reference).deviation(from: reference) == .infinity)
  }

  @Test(
    "of single numbers: what is not finite agrees with itself alone",
    arguments: [
      (1, 1.0009, true), (1, 1.01, false), (0, 1e-8, true), (0, 1e-3, false), (.infinity, .infinity, true),
      (-.infinity, .infinity, false), (3, .infinity, false), (.infinity, 3, false), (.nan, .nan, true),
      (.nan, 1, false),
      (1, .nan, false), (.nan, .infinity, false),
    ] as [(Float, Float, Bool)])
  func single(found: Float, reference: Float, expected: Bool) {
    #expect(agrees(found, with: reference, relative: 1e-3, absolute: 1e-7) == expected)
    #expect(agree([1, found], with: [1, reference], relative: 1e-3, absolute: 1e-7) == expected)
  }

  @Test("of single numbers does not pass other counts, or nothing")
  func counts() {
    #expect(!agree([1], with: [1, 1], relative: 1, absolute: 1))
    #expect(!agree([], with: [], relative: 1, absolute: 1))
  }

  @Test("a tally that ran nothing, or met what it does not support, is not clean")
  func tally() throws {
    var tally = CaseTally()
    #expect(!tally.isClean)
    tally.run("right") {}
    #expect(tally.isClean)
    for value in [Double.nan, .infinity, 0.2] {
      var failing = tally
      failing.run("wrong") { try CaseTally.Deviation.check("a number", value, atMost: 0.1) }
      #expect(!failing.isClean)
    }
  }
}
