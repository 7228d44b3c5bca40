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

  /// The card as a page shows it.
  ///
  /// - Parameter number: the place of the block among those of its page, counted from 1.
  func view(number: Int) -> MethodCardView {
    MethodCardView(
      number: number, name: method.id, title: method.name.title, summary: method.summary,
      formula: method.formulaText, facts: facts, tests: entry.map(tests) ?? [])
  }

  private var facts: [Figure.Fact] {
    [
      Figure.Fact("Source", method.source),
      Figure.Fact("Applies to", applicability),
      Figure.Fact("What its values are", values),
      Figure.Fact("Determinism", method.randomness ?? "no chance in it: the same bytes each time"),
      Figure.Fact("Hyperparameters", hyperparameters),
      Figure.Fact("Cost", cost),
    ]
      + (entry?.measures[.concentration].map {
        [Figure.Fact("Half of it lies in", $0.text(.share) + " % of the picture")]
      }
        ?? [])
  }

  private var applicability: String {
    let needs = method.needs
    if needs.contains(.classActivationHead) {
      return "networks that end in global average pooling and one linear layer"
    }
    if needs.contains(.attention) { return "networks with attention between tokens, such as vision transformers" }
    if needs.contains(.guidedInputGradient) || needs.contains(.deconvolvedInputGradient) {
      return "networks of rectifiers; other activations keep their plain gradient, and pages say how many"
    }
    if method.needsLayer { return "networks with a layer that is still a picture" }
    return needs.contains(.inputGradient) || method.pictures(input: [1, 3, 1, 1], at: nil).takesGradients
      ? "every network that can be differentiated" : "every network: it needs no gradients"
  }

  private var values: String {
    let place = method.needsLayer || method.needs.contains(.classActivationHead) ? "cell of the layer" : "pixel"
    return switch method.name.picture {
    case .heatMap: "one number a \(place), none below zero: what speaks for the target"
    case .signedMap: "one number a \(place): above zero what speaks for the target, below what speaks against it"
    case .gradient: "one number a pixel and colour, of both signs; in pictures mid-grey is zero"
    case .boxes: "a box in the picture’s pixels"
    }
  }

  private var hyperparameters: String {
    let parts = (method.needsLayer ? ["the layer"] : []) + (method.settings.map { [$0] } ?? [])
    return parts.isEmpty ? "none" : parts.joined(separator: "; ")
  }

  private var cost: String {
    guard let entry, let seconds, seconds > 0 else { return runs }
    return runs + String(format: "; measured: %.1f × the time of one run", entry.seconds / seconds)
  }

  private var runs: String {
    guard method.asksAboutPictures else { return "one run of the network, and at most one back" }
    let (count, takesGradients) = method.pictures(input: [1, 3, 224, 224], at: nil)
    // How many maps there are is the layer's matter.
    guard count > 0 else { return "a run of the network for each map of the layer, for all classes together" }
    return takesGradients
      ? "\(count) runs of the network and back"
      : "\(count) runs of the network for a picture of 224 × 224, for all classes together"
  }

  private func tests(_ entry: EvaluationReport.Entry) -> [MethodCardView.Test] {
    MethodTest.all.filter { $0.applies(to: method) }.map { test in
      let measured = entry.measures[test.measure]
      return MethodCardView.Test(
        title: test.title, measured: measured.map { text($0, test.measure) },
        verdict: test.verdict(measured).rawValue, rule: test.rule)
    }
  }

  private func text(_ measured: BootstrapMean, _ measure: EvaluationMeasure) -> String {
    measured.text(measure.unit) + (measure.unit == .share ? " %" : "")
  }
}
