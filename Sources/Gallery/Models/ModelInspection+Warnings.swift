import Diagnostics
import NeuralNetwork
import Saliency
import Site

extension ModelInspection {
  /// What is worth a look before a gallery is made with the model.
  static func warnings(_ reference: ModelReference, _ model: LoadedModel, _ network: Network) -> [String] {
    var warnings = model.notes + model.choices
    if case .card(let card) = reference {
      let input = card.input
      if model.input.scale == 1, input.mean.allSatisfy({ $0 == 0 }), input.std.allSatisfy({ $0 == 1 }) {
        warnings.append(
          "The card gives no `mean`, `std` or `scale`: pictures go in from 0 to 1, which most networks do not expect.")
      }
      warnings += [input.unitsWarning, input.orderWarning].compactMap { $0?.text }
      if let warning = card.labelsWarning(model.facts) { warnings.append(warning.text) }
    }
    if let batch = network.statedBatch, batch > 1 {
      warnings.append("The file is fixed to batches of \(batch) pictures; it is run with one at a time.")
    }
    let type = network.inputElementType
    if type != .float32, type.wholeNumbers == nil {
      warnings.append("The file takes \(type.rawValue); it is computed in float32, whose numbers differ a little.")
    }
    if let removed = network.removedActivation {
      warnings.append("The \(removed) at the end is taken off: what is explained are the scores before it.")
    }
    switch network.scores {
    case .softmax, .probability: break
    case .sigmoid: warnings.append("Each class has a probability of its own, a sigmoid of its score.")
    case .binary: warnings.append("There is one score y for two classes: class 1 is +y and class 0 is −y.")
    }
    let others = network.outputNames.filter { $0 != network.outputName }.map { "“\($0)”" }.joined(separator: ", ")
    if !others.isEmpty, network.outputAlternatives.isEmpty {
      let reason = network.outputReason.map { " “\(network.outputName)” is explained because \($0);" } ?? ""
      let way = "`output:` in the model card chooses one instead of “\(network.outputName)”."
      warnings.append("The model has other outputs: \(others).\(reason) \(way)")
    }
    if let remark = network.guidedRuleCoverage.remark { warnings.append(remark) }
    if let layer = network.defaultLayer?.layer, let remark = model.remark(on: layer, in: .english) {
      warnings.append(remark)
    }
    if network.defaultLayer == nil {
      warnings.append("No layer suggests itself: name one with `layer:`. \(network.candidates ?? "")")
    }
    return warnings
  }
}
