import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Rectifiers")
struct RectifierTests {
  private static let x = Tensor(shape: [6], [-2, -0.5, 0, 0.5, 6, 8])
  private static let upstream: [Float] = [1, -1, 1, -1, 1, 1]

  private func run(_ operatorType: String, bounds: [Float] = []) throws -> ModelRun {
    var model = ONNXBuilder()
    model.input("x", [6])
    for (index, bound) in bounds.enumerated() { model.constant("bound\(index)", [], [bound]) }
    model.node(operatorType, ["x"] + bounds.indices.map { "bound\($0)" }, ["y"])
    model.output("y")
    return try ModelRun(model, inputs: [Self.x])
  }

  @Test("hand-computed relu: zero at zero, and guided where the gradient is positive too")
  func relu() throws {
    let run = try run("Relu")
    #expect(try run.output.values == [0, 0, 0, 0.5, 6, 8])
    let gradients = try run.gradients(
      [Self.upstream, Self.upstream, [2, 2, 2, 2, -2, 2]], rules: [.standard, .guided, .guided])
    #expect(gradients.map { $0[0].values } == [[0, 0, 0, -1, 1, 1], [0, 0, 0, 0, 1, 1], [0, 0, 0, 2, 0, 2]])
  }

  @Test("hand-computed ReLU6: nothing passes at its bounds")
  func relu6() throws {
    let run = try run("Clip", bounds: [0, 6])
    #expect(try run.output.values == [0, 0, 0, 0.5, 6, 6])
    let gradients = try run.gradients(
      [Self.upstream, Self.upstream, [1, 1, 1, 3, 1, 1]], rules: [.guided, .standard, .guided])
    #expect(gradients.map { $0[0].values } == [[0, 0, 0, 0, 0, 0], [0, 0, 0, -1, 0, 0], [0, 0, 0, 3, 0, 0]])
  }

  @Test("hand-computed deconvolution: what is positive passes, whatever the input was")
  func deconvolution() throws {
    let run = try run("Relu")
    let gradients = try run.gradients(
      [Self.upstream, Self.upstream, [2, 0, -3, 1, -1, -1]], rules: [.deconvolution, .guided, .deconvolution])
    #expect(gradients[0][0].values == [1, 0, 1, 0, 1, 1])
    #expect(gradients[1][0].values == [0, 0, 0, 0, 1, 1])
    #expect(gradients[2][0].values == [2, 0, 0, 1, 0, 0])
  }

  @Test("a rectifier with an upper bound keeps its derivative under deconvolution")
  func boundedDeconvolution() throws {
    let run = try run("Clip", bounds: [0, 6])
    #expect(try run.gradients([Self.upstream], rules: [.deconvolution])[0][0].values == [0, 0, 0, -1, 0, 0])
  }

  @Test("a clip that does not begin at zero keeps its derivative under every rule")
  func clip() throws {
    let run = try run("Clip", bounds: [-1, 1])
    #expect(try run.output.values == [-1, -0.5, 0, 0.5, 1, 1])
    let gradients = try run.gradients(
      [Self.upstream, Self.upstream, Self.upstream], rules: [.standard, .guided, .deconvolution])
    for gradient in gradients { #expect(gradient[0].values == [0, -1, 1, -1, 0, 0]) }
  }

  @Test("bounds that cross make everything the upper one")
  func crossedBounds() throws {
    let run = try run("Clip", bounds: [3, 1])
    #expect(try run.output.values == [1, 1, 1, 1, 1, 1])
    #expect(try run.gradients([Self.upstream])[0][0].values == [0, 0, 0, 0, 0, 0])
  }

  @Test(
    "each gradient of a batch keeps its own rule through a chain of layers, fused or not",
    arguments: [[], ["c1", "c2"]])
  func mixedRules(kept: [String]) throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 1, 2])
    model.constant("w1", [2, 1, 1, 1], [1, -1])
    model.constant("w2", [1, 2, 1, 1], [-2, 3])
    model.node("Conv", ["x", "w1"], ["c1"])
    model.node("Relu", ["c1"], ["r1"])
    model.node("Conv", ["r1", "w2"], ["c2"])
    model.node("Relu", ["c2"], ["r2"])
    model.output("r2")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 1, 1, 2], [1, -1])], keeping: kept)
    // At the first pixel only channel 0 is on and the sum is −2; at the second only channel 1 is and the sum is 3.
    #expect(try run.output.values == [0, 3])
    let gradients = try run.gradients(
      [[1, 1], [1, 1], [1, -1], [1, -1]], rules: [.standard, .guided, .guided, .standard])
    #expect(gradients.map { $0[0].values } == [[0, -3], [0, -3], [0, 0], [0, 3]])
  }
}
