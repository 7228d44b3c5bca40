import TestSupport
import Testing

@testable import NeuralNetwork

/// What is known of activations without a look at them holds for those that the run computes.
@Suite("Bounds of activations")
struct ActivationBoundsTests {
  /// The bounds of every value of a run, and its largest magnitude.
  private func bounds(_ run: ModelRun) throws -> [(operation: String, bound: Float, magnitude: Float)] {
    let inputs = run.graph.inputs.compactMap { input in run.trace.activations[input].map { (input, $0) } }
    let bounds = ActivationBounds(inputs: Dictionary(uniqueKeysWithValues: inputs))
    return try run.plan.steps.compactMap { step in
      bounds.note(step)
      guard let bound = bounds.known[step.outputs[0]] else { return nil }
      let memory = try #require(run.trace.activations[step.outputs[0]])
      return ("\(type(of: step.operation))", bound, memory.greatestMagnitude)
    }
  }

  @Test("every operator that states a bound keeps it")
  func operators() throws {
    var found: Set<String> = []
    for testCase in try OperatorCase.load() {
      let run = try ModelRun(testCase.model(isBetweenConvolutions: true), inputs: testCase.variables)
      for (operation, bound, magnitude) in try bounds(run) {
        #expect(magnitude <= bound * 1.0001, "\(testCase.name): \(operation)")
        found.insert(operation)
      }
    }
    #expect(
      found == [
        "Activation", "Arithmetic", "BatchNormalization", "Concat", "Convolution", "MaxPool", "Rectifier", "Sum",
      ])
  }

  @Test("what is not a number has no bound, wherever it comes from")
  func notANumber() throws {
    for testCase in try OperatorCase.load() {
      var inputs = testCase.variables
      guard !inputs.isEmpty, !inputs[0].values.isEmpty else { continue }
      inputs[0].values[0] = .nan
      let run = try ModelRun(testCase.model(isBetweenConvolutions: true), inputs: inputs)
      for (operation, _, magnitude) in try bounds(run) {
        #expect(magnitude.isFinite, "\(testCase.name): \(operation)")
      }
    }
  }

  /// x → Conv → Relu, again and again. Filters sum up to much, and what they make of this input is the input again.
  private static func tower(layers: Int, gain: Float) -> ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [1, 16, 6, 6])
    var weights = [Float](repeating: 0, count: 16 * 16 * 9)
    for channel in 0..<16 {
      weights[(channel * 16 + channel) * 9 + 4] = 1
      weights[(channel * 16 + (channel + 1) % 16) * 9 + 4] = gain
      weights[(channel * 16 + (channel + 2) % 16) * 9 + 4] = -gain
    }
    model.constant("w", [16, 16, 3, 3], weights)
    var last = "x"
    for layer in 0..<layers {
      model.node("Conv", [last, "w"], ["c\(layer)"], ["pads": [1, 1, 1, 1]])
      model.node("Relu", ["c\(layer)"], ["r\(layer)"])
      last = "r\(layer)"
    }
    model.output(last)
    return model
  }

  @Test("bounds that have outgrown every number are replaced by a look")
  func regrown() throws {
    // All channels alike, so that the large weights cancel out.
    let plane = (0..<36).map { Float($0 % 5) + 0.25 }
    let input = Tensor(shape: [1, 16, 6, 6], (0..<16).flatMap { _ in plane })
    let run = try ModelRun(Self.tower(layers: 12, gain: 0x1p12), inputs: [input])
    #expect(try run.output.deviation(from: input) <= 1e-5)
    #expect(try bounds(run).map(\.bound).max() ?? 0 > 0x1p110)
  }

  @Test("and what is not a number is found behind them", arguments: [Float.nan, .infinity])
  func lost(value: Float) throws {
    var input = Tensor(shape: [1, 16, 6, 6], repeating: 1)
    input.values[100] = value
    let run = try ModelRun(Self.tower(layers: 3, gain: 0x1p12), inputs: [input])
    #expect(try run.output.values.contains { $0.isNaN })
  }
}
