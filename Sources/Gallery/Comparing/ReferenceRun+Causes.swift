import Diagnostics
import Foundation
import NeuralNetwork
import Saliency

extension ReferenceRun {
  /// What is different, with what most likely went wrong; `nil` where all agrees.
  var fault: Diagnostic? {
    get throws {
      let wrong = comparisons.filter { !$0.isSound }
      guard let first = wrong.first else { return nil }
      let names = wrong.map(\.name).joined(separator: ", ")
      return .error(
        "The network gives something else here than in the reference: \(names).",
        hint: comparisons[0].isSound ? try causeOfGradients(first) : try causeOfLogits)
    }
  }

  // MARK: - Scores

  private var causeOfLogits: String {
    get throws {
      if agrees(probabilities) {
        return "The reference holds probabilities: save the model’s logits, before its softmax or sigmoid."
      }
      if agrees(ScoreFunction.softmax.probabilities(logits)) {
        return "The reference holds the softmax of these scores: save the model’s logits."
      }
      for variant in variants {
        guard let found = try? logits(for: variant.input), agrees(found) else { continue }
        return variant.cause
      }
      if agrees(logits.sorted(), with: reference.logits.sorted()) {
        return "The same scores stand in another order: the file’s classes are ordered otherwise than the model’s."
      }
      return "Was the model in training mode (`model.eval()` ends it), or the file exported from other weights?"
    }
  }

  private func agrees(_ found: [Float]) -> Bool { agrees(found, with: reference.logits) }

  private func agrees(_ found: [Float], with reference: [Float]) -> Bool {
    Comparison.deviation(of: found, from: reference) <= Comparison.backward
  }

  /// Inputs that people take for the one that goes in, and what to do where one of them was meant.
  private var variants: [(input: Tensor, cause: String)] {
    let (input, specification) = (reference.input, model.input)
    var variants: [(Tensor, String)] = []
    if input.shape[1] == 3 {
      variants.append(
        (
          input.channelsReversed,
          "With the channels reversed it is the same: one of the two takes BGR, the other RGB. Save the input that the "
            + "exported model takes."
        ))
    }
    variants.append(
      (input.scaled(by: 255), "With the input times 255 it is the same: the file takes 0 to 255, the model 0 to 1."))
    variants.append(
      (input.scaled(by: 1 / 255), "With the input over 255 it is the same: the file takes 0 to 1, the model 0 to 255."))
    variants.append(
      (
        input.normalized(specification.mean, specification.standardDeviation),
        "With the card’s `mean` and `std` applied it is the same: the model normalises its input itself, the file does not."
      ))
    variants.append(
      (
        input.denormalized(specification.mean, specification.standardDeviation),
        "Without the card’s `mean` and `std` it is the same: the file normalises its input itself, the model does not. "
          + "Leave `mean` and `std` out of the card."
      ))
    return variants
  }

  // MARK: - Gradients

  private func causeOfGradients(_ first: Comparison) throws -> String {
    if !remarks.isEmpty {
      return "The model ends in a softmax or sigmoid, whose gradient is another: differentiate the logit before it."
    }
    guard let expected = reference.inputGradient, let found = inputGradient else {
      return first.name.hasPrefix("activation")
        ? "The scores agree, so the reference’s layer is another one: name it with --layer."
        : "The scores agree, so the reference’s layer or class is another one."
    }
    guard !first.name.hasPrefix("activation"),
      Comparison.deviation(of: found.values, from: expected.values) > Comparison.backward
    else { return "All else agrees, so the reference’s layer is another one: name it with --layer." }
    if let factor = found.factor(to: expected) {
      return
        "It is \(factor) times the gradient of the logit: something made from it was differentiated, such as a loss."
    }
    let best = logits.indices.sorted { logits[$0] > logits[$1] }.prefix(5).filter { $0 != reference.target }
    if logits.count > 1 {
      for (index, gradient) in zip(best, try inputGradients(of: Array(best)))
      where Comparison.deviation(of: gradient.values, from: expected.values) <= Comparison.backward {
        return "It is the gradient of class \(index), not of class \(reference.target ?? 0)."
      }
    }
    return "The scores agree. Was a loss differentiated, or are there hooks on the model that change gradients?"
  }
}

extension Tensor {
  /// Channels in the opposite order; [1, C, H, W].
  fileprivate var channelsReversed: Tensor {
    let area = shape[2] * shape[3]
    return Tensor(
      shape: shape, (0..<shape[1]).reversed().flatMap { values[$0 * area..<($0 + 1) * area] })
  }

  fileprivate func scaled(by factor: Float) -> Tensor { Tensor(shape: shape, values.map { $0 * factor }) }

  /// (x − mean) / std, by channel.
  fileprivate func normalized(_ mean: [Float], _ deviation: [Float]) -> Tensor {
    byChannel { ($1 - mean[$0]) / deviation[$0] }
  }

  /// x · std + mean, by channel.
  fileprivate func denormalized(_ mean: [Float], _ deviation: [Float]) -> Tensor {
    byChannel { $1 * deviation[$0] + mean[$0] }
  }

  private func byChannel(_ change: (Int, Float) -> Float) -> Tensor {
    let area = shape[2] * shape[3]
    return Tensor(shape: shape, values.indices.map { change($0 / area, values[$0]) })
  }

  /// The number, in two digits, that this must be multiplied by to be `other`; `nil` where there is none.
  fileprivate func factor(to other: Tensor) -> String? {
    guard shape == other.shape, let largest = values.indices.max(by: { abs(values[$0]) < abs(values[$1]) }),
      values[largest] != 0
    else { return nil }
    let factor = other.values[largest] / values[largest]
    guard factor != 0, Comparison.deviation(of: scaled(by: factor).values, from: other.values) <= Comparison.backward
    else { return nil }
    return String(format: "%.2g", factor)
  }
}
