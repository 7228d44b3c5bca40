import TestSupport
import Testing

@testable import NeuralNetwork

/// The way back through fully connected layers, against the definition in double precision.
@Suite("Fully connected layers back from sparse gradients")
struct WeightedRowsTests {
  @Test(
    "one class, several, and gradients behind a rectifier",
    arguments: [(1, 1), (3, 1), (2, 7), (5, 23), (3, 0), (40, 30)])
  func backward(lanes: Int, active: Int) throws {
    let (outputs, inputs) = (37, 1030)
    let weights = noise(outputs * inputs, seed: 1)
    var model = ONNXBuilder()
    model.input("x", [1, inputs])
    model.constant("w", [outputs, inputs], weights)
    model.node("Gemm", ["x", "w"], ["y"], ["transB": 1])
    model.output("y")
    let upstream = (0..<lanes).map { lane in
      zip(noise(outputs, seed: lane), 0...).map { $1 * 7 % outputs < active ? $0 : 0 }
    }
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, inputs], noise(inputs, seed: 2))])
    for (dy, found) in try zip(upstream, run.gradients(upstream)) {
      let expected = (0..<inputs).map { input in
        (0..<outputs).reduce(0.0) { $0 + Double(dy[$1]) * Double(weights[$1 * inputs + input]) }
      }
      #expect(deviation(found[0].values, from: expected) <= 1e-5)
    }
  }
}
