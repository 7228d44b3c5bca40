import Saliency
import Testing
import Vocabulary

@testable import Gallery

@Suite("Tests of methods")
struct MethodTestTests {
  private func verdict(_ measure: EvaluationMeasure, _ values: [Double]) throws -> MethodTest.Verdict {
    let test = try #require(MethodTest.all.first { $0.measure == measure })
    return test.verdict(BootstrapMean(values.map { [$0] }))
  }

  @Test("the whole interval decides")
  func verdicts() throws {
    let always = [Double](repeating: 1, count: 20)
    #expect(try verdict(.pointing, always) == .passed)
    #expect(try verdict(.pointing, always.map { 1 - $0 }) == .failed)
    #expect(try verdict(.pointing, [0, 1, 0, 1, 0, 1]) == .inconclusive)
    #expect(try verdict(.randomization, always) == .failed)
    #expect(try verdict(.randomization, always.map { 0.1 * $0 }) == .passed)
    #expect(try verdict(.classSensitivity, [0.2, 0.9, 0.1, 0.95]) == .inconclusive)
    #expect(try verdict(.deletionGain, [0.1, 0.2, 0.3]) == .passed)
    #expect(try verdict(.insertionGain, [-0.1, -0.2, -0.3]) == .failed)
    #expect(try verdict(.completeness, [0.01, 0.02, 0.01]) == .passed)
    #expect(try verdict(.completeness, [0.4, 0.5]) == .failed)
  }

  @Test("what was not measured has no verdict, and only what promises a sum is held to it")
  func notMeasured() {
    for test in MethodTest.all { #expect(test.verdict(nil) == .notMeasured) }
    let held = Saliency.Method.all.filter { method in
      MethodTest.all.contains { $0.measure == .completeness && $0.applies(to: method) }
    }
    #expect(held == [.integratedGradients])
  }
}
