import NeuralNetwork
import Site

extension GuidedRuleCoverage {
  /// Part of a sentence for readers, which begins with the rule.
  func words(in strings: Strings) -> String { words(reached: rectifierCount, others, strings) }

  /// What a reader should know of what the guided rule reaches; `nil` where that is every activation.
  func guidedRemark(in strings: Strings) -> String? {
    remark(.ruleGuided, .gradientGuided, reached: rectifierCount, others, strings)
  }

  /// What a reader should know of what the rule of deconvolution reaches, likewise.
  func deconvolutionRemark(in strings: Strings) -> String? {
    let bounded = boundedCount == 0 ? [:] : [strings(.boundedRelu): boundedCount]
    return remark(
      .ruleDeconvolution, .gradientDeconvolved, reached: rectifierCount - boundedCount,
      others.merging(bounded) { first, _ in first }, strings)
  }

  private func remark(
    _ rule: StringKey, _ gradient: StringKey, reached: Int, _ others: [String: Int], _ strings: Strings
  ) -> String? {
    let isComplete = others.isEmpty && unknown.isEmpty
    if isComplete, reached > 0 { return nil }
    let key: StringKey = isComplete ? .ruleChangesNothing : others.isEmpty ? .ruleMayMiss : .ruleMisses
    return strings(
      key,
      [
        "rule": strings(rule), "gradient": strings(gradient), "reach": words(reached: reached, others, strings),
      ])
  }

  private func words(reached: Int, _ others: [String: Int], _ strings: Strings) -> String {
    if reached == 0, others.isEmpty, unknown.isEmpty { return strings(.reachesNothing) }
    let key: StringKey =
      switch (others.isEmpty, unknown.isEmpty) {
      case (true, true): .reachesAll
      case (false, true): .reachesSome
      case (true, false): .reachesUnknown
      case (false, false): .reachesSomeUnknown
      }
    let rectifiers = reached == 1 ? strings(.rectifiersOne) : strings(.rectifiersOther, ["count": String(reached)])
    return strings(
      key, ["reached": rectifiers, "missed": Self.list(others), "unknown": Self.list(unknown)])
  }

  private static func list(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
