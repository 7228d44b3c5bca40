import Saliency
import Site
import Vocabulary

/// A test that a method passes or fails over a data set, by a rule that is stated before anybody looks.
///
/// The interval of the mean decides: wholly on the good side of a bound the test is passed, wholly on the other it is failed, and
/// across the bound nothing is known. Source: the sensitivity tests of Boggust et al. 2023.
struct MethodTest {
  /// How a method fares.
  enum Verdict: String, Sendable {
    case passed, inconclusive, failed
    case notMeasured = "not-measured"

    /// It in words.
    var words: StringKey {
      switch self {
      case .passed: .testPassed
      case .inconclusive: .testInconclusive
      case .failed: .testFailed
      case .notMeasured: .testNotMeasured
      }
    }
  }

  /// What is tested.
  let title: StringKey
  /// By what.
  let measure: EvaluationMeasure
  /// The bound, and on which side of it is good.
  let bound: Double
  let passesAbove: Bool
  /// When it is passed, in a sentence.
  let rule: StringKey

  /// All of them.
  static let all = [
    MethodTest(
      title: .testLocalization, measure: .pointing, bound: 0.5, passesAbove: true,
      rule: .testLocalizationRule),
    MethodTest(
      title: .testDeletion, measure: .deletionGain, bound: 0, passesAbove: true,
      rule: .testDeletionRule),
    MethodTest(
      title: .testInsertion, measure: .insertionGain, bound: 0, passesAbove: true,
      rule: .testInsertionRule),
    MethodTest(
      title: .testCompleteness, measure: .completeness, bound: 0.05, passesAbove: false,
      rule: .testCompletenessRule),
    MethodTest(
      title: .testLabelSensitivity, measure: .classSensitivity, bound: 0.5, passesAbove: false,
      rule: .testLabelSensitivityRule),
    MethodTest(
      title: .testModelSensitivity, measure: .randomization, bound: 0.5, passesAbove: false,
      rule: .testModelSensitivityRule),
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
