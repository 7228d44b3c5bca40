import Diagnostics
import NeuralNetwork
import Saliency

/// What a network gives where a reference says what it should.
struct ReferenceRun {
  /// Everything that the reference has, compared.
  private(set) var comparisons: [Comparison] = []
  /// What is to be known of that, in full sentences.
  private(set) var remarks: [String] = []
  /// The class of the gradients, to be read.
  let classText: String?

  let reference: ReferenceAnswers
  let model: LoadedModel
  let network: Network
  /// The scores as the reference has them: one where the network has but one.
  let logits: [Float]
  let probabilities: [Float]
  /// ∂y^c/∂x, where the reference has it.
  let inputGradient: Tensor?
  private let target: Int?
  private let trace: Trace

  /// - Throws: `Diagnostic` where the network cannot answer what the reference does.
  init(
    _ reference: ReferenceAnswers, _ model: LoadedModel, _ network: Network, _ layer: Layer?, at place: SourceLocation
  ) throws {
    (self.reference, self.model, self.network) = (reference, model, network)
    trace = try network.forward(reference.input, keeping: layer.map { [$0] } ?? [])
    // A single score y is that of class 1.
    let isSingle = reference.logits.count == 1 && trace.logits.count == 2
    logits = isSingle ? [trace.logits[1]] : trace.logits
    probabilities = isSingle ? [trace.probabilities[1]] : trace.probabilities
    guard logits.count == reference.logits.count else {
      throw Diagnostic.error(
        "The reference has \(reference.logits.count) logits, but the network has \(logits.count).", at: place,
        hint: "Is it the same model? `output:` in the card, or --output-tensor, names another output.")
    }
    if let target = reference.target, target >= logits.count {
      throw Diagnostic.error(
        "There is no class \(target) among \(logits.count); “target” counts from 0.", at: place)
    }
    target = reference.target.map { isSingle ? 1 : $0 }
    classText = target.map { "class \($0) (\(model.labels.entries[$0].names[0]))" }

    let asProbabilities = Comparison(
      "probabilities", probabilities, reference: reference.logits, limit: Comparison.forward)
    if network.removedActivation != nil, asProbabilities.isSound {
      comparisons.append(asProbabilities)
      remarks.append(
        "The reference holds what is behind the last \(network.removedActivation ?? ""), and is compared so.")
    } else {
      comparisons.append(Comparison("logits", logits, reference: reference.logits, limit: Comparison.forward))
    }
    if let layer, let activation = reference.activation {
      comparisons.append(
        Comparison(
          "activation at \(layer.name)", try trace.activation(at: layer).values, reference: activation.values,
          limit: Comparison.forward))
    }
    guard let target, reference.inputGradient ?? reference.layerGradient != nil else {
      inputGradient = nil
      return
    }
    let wanted = reference.layerGradient == nil ? [] : layer.map { [$0] } ?? []
    let request = GradientRequest(classIndex: target, toInput: reference.inputGradient != nil, layers: wanted)
    let found = try trace.gradients([request])[0]
    inputGradient = found.input
    var gradients: [(name: String, found: Tensor, reference: Tensor, at: (Gradients) -> Tensor?)] = []
    if let gradient = reference.inputGradient, let input = found.input {
      gradients.append(("gradient at the input", input, gradient, { $0.input }))
    }
    if let layer, let gradient = reference.layerGradient, let own = found.layers[layer] {
      gradients.append(("gradient at \(layer.name)", own, gradient, { $0.layers[layer] }))
    }
    var shaken: [Gradients]?
    for (name, own, reference, place) in gradients {
      let comparison = Comparison(name, own.values, reference: reference.values, limit: Comparison.backward)
      guard !comparison.isSound else {
        comparisons.append(comparison)
        continue
      }
      // A rectifier whose input is zero but for rounding lets a whole patch of the gradient through, or does not.
      let others = try shaken ?? Self.shaken(self.reference.input, request, network)
      shaken = others
      let jitter = others.compactMap(place).map { Comparison.deviation(of: $0.values, from: own.values) }.max() ?? 0
      comparisons.append(comparison.within(jitter: jitter))
    }
  }

  /// The gradients of the input changed by a millionth of its largest value, up or down in no order, four times.
  private static func shaken(_ input: Tensor, _ request: GradientRequest, _ network: Network) throws -> [Gradients] {
    let step = 1e-6 * (input.values.map(abs).max() ?? 0)
    return try (1...4).map { round in
      var changed = input
      for index in changed.values.indices {
        let isUp = (UInt32(truncatingIfNeeded: index) &* 2_654_435_761 >> (16 + UInt32(round))) & 1 == 1
        changed.values[index] += isUp ? step : -step
      }
      return try network.forward(changed, keeping: request.layers).gradients([request])[0]
    }
  }

  /// The scores, as many as the reference has, for another input.
  func logits(for input: Tensor) throws -> [Float] {
    let all = try network.forward(input).logits
    return all.count == reference.logits.count ? all : [all[1]]
  }

  /// ∂y^k/∂x for classes k.
  func inputGradients(of classes: [Int]) throws -> [Tensor] {
    try trace.gradients(classes.map { GradientRequest(classIndex: $0, toInput: true) }).compactMap(\.input)
  }
}
