import TestSupport
import Testing

@testable import NeuralNetwork

/// What must be true of every operator, on one case.
///
/// The output and the gradients are PyTorch's; a batch of gradients gives what each gives alone; and another gradient of
/// the batch agrees with finite differences. All of it holds again in the layouts that convolutions prefer.
///
/// - Parameter differences: whether finite differences mean anything: not where a small step changes a decision.
func check(_ testCase: OperatorCase, differences: Bool = true) throws {
  for isBetweenConvolutions in [false, true] {
    let run = try ModelRun(
      testCase.model(isBetweenConvolutions: isBetweenConvolutions), inputs: testCase.variables)
    let place: Comment = isBetweenConvolutions ? "between convolutions" : "alone"
    let output = try run.output
    #expect(output.deviation(from: Tensor(shape: testCase.outputShape, testCase.output)) <= 1e-5, place)

    let other = testCase.upstream.indices.map { Float(($0 * 7 + 3) % 11 - 5) / 4 }
    let gradients = try run.gradients([other, testCase.upstream, testCase.upstream.map { -2 * $0 }])
    for (index, reference) in testCase.gradients.enumerated() {
      let expected = Tensor(shape: testCase.variables[index].shape, reference)
      #expect(gradients[1][index].deviation(from: expected) <= 2e-5, place)
      #expect(gradients[2][index].deviation(from: expected.scaled(by: -2)) <= 2e-5, place)
    }
    if differences, !isBetweenConvolutions {
      try expectFiniteDifferences(run, testCase.variables, upstream: other, gradients: gradients[0])
    }
  }
}

/// Compares gradients with central differences at up to 16 elements of each input.
func expectFiniteDifferences(
  _ run: ModelRun, _ inputs: [Tensor], upstream: [Float], gradients: [Tensor],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let step: Float = 1 / 64
  func loss(_ inputs: [Tensor]) throws -> Double {
    zip(try run.with(inputs: inputs).output.values, upstream).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  for (index, gradient) in gradients.enumerated() {
    let count = gradient.values.count
    let elements = stride(from: 0, to: count, by: max(1, count / 16))
    let differences = try elements.map { element in
      let losses = try [step, -step].map { step in
        var moved = inputs
        moved[index].values[element] += step
        return try loss(moved)
      }
      return (losses[0] - losses[1]) / Double(2 * step)
    }
    // Where nothing moves, rounding is all that there is.
    let scale = max(differences.map(abs).max() ?? 0, 0.02)
    let agree = zip(elements, differences).allSatisfy { abs($1 - Double(gradient.values[$0])) <= 3e-3 * scale }
    #expect(
      agree && !differences.isEmpty, "finite differences at input \(index): \(differences)",
      sourceLocation: sourceLocation)
  }
}

extension Tensor {
  func scaled(by factor: Float) -> Tensor { Tensor(shape: shape, values.map { $0 * factor }) }
}
