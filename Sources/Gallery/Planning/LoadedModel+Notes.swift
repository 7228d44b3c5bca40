import NeuralNetwork
import Saliency
import Site

extension LoadedModel {
  /// What the writer should know of what was chosen without being asked, in full sentences.
  var choices: [String] {
    guard let reason = facts.outputReason, !facts.outputAlternatives.isEmpty else { return [] }
    let others = facts.outputAlternatives.map { "“\($0)”" }.joined(separator: ", ")
    return [
      "“\(facts.outputName)” is explained because \(reason), and not \(others). `output: \(facts.outputName)` in a model "
        + "card, or --output-tensor, settles it."
    ]
  }

  /// What a reader should know of figures by these methods at these layers, in full sentences.
  ///
  /// - Parameters:
  ///   - areProbabilities: whether the network's scores came out as probabilities already.
  ///   - strings: the words of the interface, in the reader's language.
  func notes(
    for methods: [Saliency.Method], layers: [Layer], areProbabilities: Bool, in strings: Strings
  ) -> [String] {
    var notes = notes
    if facts.scores == .probability {
      notes.append(strings(.scoresAreProbabilities))
    } else if facts.scores == .softmax, areProbabilities {
      notes.append(strings(.scoresLookLikeProbabilities))
    }
    let needs = methods.reduce(into: Needs()) { $0.formUnion($1.needs) }
    if needs.contains(.guidedInputGradient), let remark = facts.guidedRule.guidedRemark(in: strings) {
      notes.append(remark)
    }
    if needs.contains(.deconvolvedInputGradient), let remark = facts.guidedRule.deconvolutionRemark(in: strings) {
      notes.append(remark)
    }
    notes += layers.compactMap { remark(on: $0, in: strings) }
    if needs.contains(.classActivationHead), let name = facts.classActivationLayer,
      let remark = facts.classActivationView.remark(of: name, in: strings), !notes.contains(remark)
    {
      notes.append(remark)
    }
    return notes
  }

  /// What a reader should know of what a layer sees, in full sentences; `nil` where that is the whole picture as it is, and no
  /// other part of the network sees it mirrored.
  func remark(on layer: Layer, in strings: Strings) -> String? {
    if let remark = layer.view.remark(of: layer.name, in: strings) { return remark }
    return facts.mirroredLayer.map { mirrored in
      strings(.viewMirroredElsewhere, ["mirrored": mirrored.name, "layer": layer.name])
    }
  }
}
