import NeuralNetwork
import Saliency

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
  /// - Parameter areProbabilities: whether the network's scores came out as probabilities already.
  func notes(for methods: [Saliency.Method], layers: [Layer], areProbabilities: Bool) -> [String] {
    var notes = notes
    if facts.scores == .probability {
      notes.append(
        "What the network gives are probabilities already, and no score before them was found: they are shown and "
          + "explained as they are.")
    } else if facts.scores == .softmax, areProbabilities {
      notes.append(
        "The network’s scores lie between 0 and 1 and sum to 1: they are taken for probabilities, and shown and explained "
          + "as they are.")
    }
    let needs = methods.reduce(into: Needs()) { $0.formUnion($1.needs) }
    if needs.contains(.guidedInputGradient), let remark = facts.guidedRule.remark { notes.append(remark) }
    if needs.contains(.deconvolvedInputGradient), let remark = facts.guidedRule.remark(of: .deconvolution) {
      notes.append(remark)
    }
    notes += layers.compactMap(remark(on:))
    if needs.contains(.classActivationHead), let name = facts.classActivationLayer,
      let remark = facts.classActivationView.remark(of: name), !notes.contains(remark)
    {
      notes.append(remark)
    }
    return notes
  }

  /// What a reader should know of what a layer sees, in full sentences; `nil` where that is the whole picture as it is, and no
  /// other part of the network sees it mirrored.
  func remark(on layer: Layer) -> String? {
    if let remark = layer.view.remark(of: layer.name) { return remark }
    return facts.mirroredLayer.map { mirrored in
      "Another part of the network, up to layer \(mirrored.name), sees the picture mirrored: what it finds is not in the map of "
        + "layer \(layer.name)."
    }
  }
}
