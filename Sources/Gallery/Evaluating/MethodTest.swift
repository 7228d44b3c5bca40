import Saliency
import Vocabulary

/// A test that a method passes or fails over a data set, by a rule that is stated before anybody looks.
///
/// The interval of the mean decides: wholly on the good side of a bound the test is passed, wholly on the other it is failed, and
/// across the bound nothing is known. Source: the sensitivity tests of Boggust et al. 2023.
struct MethodTest {
  /// How a method fares.
  enum Verdict: String, Sendable {
    case passed, inconclusive, failed
    case notMeasured = "not measured"
  }

  /// What is tested.
  let title: String
  /// By what.
  let measure: EvaluationMeasure
  /// The bound, and on which side of it is good.
  let bound: Double
  let passesAbove: Bool
  /// When it is passed, in a sentence.
  let rule: String

  /// All of them.
  static let all = [
    MethodTest(
      title: "Localization", measure: .pointing, bound: 0.5, passesAbove: true,
      rule: "Passed where the maximum lies on the thing more often than not."),
    MethodTest(
      title: "Input sensitivity, deletion", measure: .deletionGain, bound: 0, passesAbove: true,
      rule: "Passed where the probability falls faster than by a map of noise."),
    MethodTest(
      title: "Input sensitivity, insertion", measure: .insertionGain, bound: 0, passesAbove: true,
      rule: "Passed where the probability rises faster than by a map of noise."),
    MethodTest(
      title: "Completeness", measure: .completeness, bound: 0.05, passesAbove: false,
      rule: "Passed where the sum is within 5 % of what the method promises."),
    MethodTest(
      title: "Label sensitivity", measure: .classSensitivity, bound: 0.5, passesAbove: false,
      rule: "Passed where ρ with the map of the least likely class is below 0.5."),
    MethodTest(
      title: "Model sensitivity", measure: .randomization, bound: 0.5, passesAbove: false,
      rule: "Passed where ρ with the maps of networks that lose their weights is below 0.5, on average over depths."),
  ]

  /// Whether the test says anything of a method.
  func applies(to method: Saliency.Method) -> Bool { measure != .completeness || method.isComplete }

  /// How a method fares of which this was measured.
  func verdict(_ measured: BootstrapMean?) -> Verdict {
    guard let measured else { return .notMeasured }
    let (isAbove, isBelow) = (measured.low > bound, measured.high < bound)
    return isAbove == isBelow ? .inconclusive : isAbove == passesAbove ? .passed : .failed
  }
}
