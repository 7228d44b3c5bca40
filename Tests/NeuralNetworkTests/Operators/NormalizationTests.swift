import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Normalisation")
struct NormalizationTests {
  @Test("a hand-computed batch normalisation: γ (x − μ) / √(σ² + ε) + β")
  func batchNormalization() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 1, 2])
    for (name, values) in [("scale", [2, 3]), ("bias", [1, -1]), ("mean", [5, 0]), ("variance", [3, 8])]
      as [(String, [Float])]
    {
      model.constant(name, [2], values)
    }
    model.node(
      "BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["y"], ["epsilon": 1.0, "momentum": 0.5])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 2, 1, 2], [5, 7, 3, 6])])
    #expect(try run.output.values == [1, 3, 2, 5])
    #expect(try run.gradients([[1, 2, 3, 4]])[0][0].values == [1, 2, 3, 4])
  }

  @Test("a hand-computed local response: x / (k + α/n · Σ x²)^β")
  func localResponse() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 1, 1])
    model.node("LRN", ["x"], ["y"], ["size": 3, "alpha": 3.0, "beta": 0.5, "bias": 4.0])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 3, 1, 1], [4, 4, 2])])
    // √(4 + 16 + 16) = 6, √(4 + 16 + 16 + 4) = √40, √(4 + 16 + 4) = √24.
    let expected = Tensor(shape: [1, 3, 1, 1], [4.0 / 6, 4 / Float(40).squareRoot(), 2 / Float(24).squareRoot()])
    #expect(try run.output.deviation(from: expected) <= 1e-6)
  }
}
