import Foundation
import Saliency
import Site
import Vocabulary

/// What users of a method must know, from the method's own file and from what was measured of it.
///
/// Source: the attributes of Boggust et al. 2023, Saliency Cards.
struct MethodCard {
  let method: Saliency.Method
  /// What was measured of it; `nil` where nothing was.
  let entry: EvaluationReport.Entry?
  /// The seconds of one run of the network that it was measured with.
  let seconds: Double?

  /// The words of the interface, in the page's language.
  let strings: Strings

  /// The card as a page shows it.
  ///
  /// - Parameter number: the place of the block among those of its page, counted from 1.
  func view(number: Int) -> MethodCardView {
    MethodCardView(
      number: number, name: method.id, title: strings.title(of: method.name), summary: method.summary(in: strings),
      formula: method.formulaText, facts: facts, tests: entry.map(tests) ?? [])
  }

  private var facts: [Figure.Fact] {
    [
      Figure.Fact(strings(.source), method.source),
      Figure.Fact(strings(.appliesTo), strings(applicability)),
      Figure.Fact(strings(.valuesTitle), strings(values)),
      Figure.Fact(strings(.determinism), method.randomness(in: strings) ?? strings(.deterministic)),
      Figure.Fact(strings(.hyperparameters), hyperparameters),
      Figure.Fact(strings(.cost), cost),
    ]
      + (entry?.measures[.concentration].map {
        [
          Figure.Fact(strings(.halfLiesIn), strings(.halfOfPicture, ["share": $0.text(.share, strings)]))
        ]
      } ?? [])
  }

  private var applicability: StringKey {
    let needs = method.needs
    if needs.contains(.classActivationHead) { return .appliesToCam }
    if needs.contains(.attention) { return .appliesToAttention }
    if needs.contains(.guidedInputGradient) || needs.contains(.deconvolvedInputGradient) {
      return .appliesToRectifiers
    }
    if method.needsLayer { return .appliesToLayers }
    return needs.contains(.inputGradient) || method.pictures(input: [1, 3, 1, 1], at: nil).takesGradients
      ? .appliesToDifferentiable : .appliesToAll
  }

  private var values: StringKey {
    let isOfCells = method.needsLayer || method.needs.contains(.classActivationHead)
    return switch method.name.picture {
    case .heatMap: isOfCells ? .valuesHeatMapCell : .valuesHeatMapPixel
    case .signedMap: isOfCells ? .valuesSignedMapCell : .valuesSignedMapPixel
    case .gradient: .valuesGradient
    case .boxes: .valuesBoxes
    }
  }

  private var hyperparameters: String {
    let layer = method.needsLayer ? [strings(.hyperparameterLayer)] : []
    let parts = layer + [method.settings(in: strings)].compactMap { $0 }
    return parts.isEmpty ? strings(.hyperparametersNone) : parts.joined(separator: "; ")
  }

  private var cost: String {
    guard let entry, let seconds, seconds > 0 else { return runs }
    let number = strings.numbers.written(String(format: "%.1f", entry.seconds / seconds))
    return strings(.costMeasured, ["cost": runs, "number": number])
  }

  private var runs: String {
    guard method.asksAboutPictures else { return strings(.costOneRun) }
    let (count, takesGradients) = method.pictures(input: [1, 3, 224, 224], at: nil)
    // How many maps there are is the layer's matter.
    guard count > 0 else { return strings(.costMaps) }
    return strings(takesGradients ? .costRunsAndBack : .costRuns, ["count": String(count)])
  }

  private func tests(_ entry: EvaluationReport.Entry) -> [MethodCardView.Test] {
    MethodTest.all.filter { $0.applies(to: method) }.map { test in
      let measured = entry.measures[test.measure]
      let verdict = test.verdict(measured)
      return MethodCardView.Test(
        title: strings(test.title), measured: measured.map { text($0, test.measure) },
        verdict: strings(verdict.words), kind: verdict.rawValue, rule: strings(test.rule))
    }
  }

  private func text(_ measured: BootstrapMean, _ measure: EvaluationMeasure) -> String {
    measured.text(measure.unit, strings) + (measure.unit == .share ? " %" : "")
  }
}
