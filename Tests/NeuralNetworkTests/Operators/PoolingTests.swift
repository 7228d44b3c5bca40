import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Maxima and means over windows")
struct PoolingTests {
  private let x = Tensor(shape: [1, 1, 2, 4], [1, 5, 2, 0, 3, 4, 8, 6])

  private func pool(_ operatorType: String, _ attributes: [String: ONNXAttributeLiteral]) throws -> ModelRun {
    var model = ONNXBuilder()
    model.input("x", x.shape)
    model.node(operatorType, ["x"], ["y"], attributes)
    model.output("y")
    return try ModelRun(model, inputs: [x])
  }

  @Test("a hand-computed maximum sends its gradient to the winner")
  func handComputedMaximum() throws {
    let run = try pool("MaxPool", ["kernel_shape": [2, 2], "strides": [1, 2]])
    #expect(try run.output == Tensor(shape: [1, 1, 1, 2], [5, 8]))
    #expect(try run.gradients([[3, -2]])[0][0].values == [0, 3, 0, 0, 0, 0, -2, 0])
  }

  @Test("a pixel that wins twice collects both gradients")
  func overlap() throws {
    let run = try pool("MaxPool", ["kernel_shape": [2, 2]])
    #expect(try run.output.values == [5, 8, 8])
    #expect(try run.gradients([[1, 2, 4]])[0][0].values == [0, 1, 0, 0, 0, 0, 6, 0])
  }

  @Test("a hand-computed mean spreads its gradient evenly")
  func handComputedMean() throws {
    let run = try pool("AveragePool", ["kernel_shape": [2, 2], "strides": [1, 2]])
    #expect(try run.output == Tensor(shape: [1, 1, 1, 2], [3.25, 4]))
    #expect(try run.gradients([[4, -8]])[0][0].values == [1, 1, -2, -2, 1, 1, -2, -2])
  }

  @Test(
    "maxima of blocks of channels are those of single ones, and the first of equal ones has the gradient",
    arguments: [
      Window.square(3, stride: 2, pads: [1, 1, 1, 1]), .square(3, pads: [1, 1, 1, 1]), .square(2, stride: 2),
      .square(2, dilation: 3, pads: [2, 0, 0, 2]), .square(3, stride: 4),
    ])
  func blockedMaximum(window: Window) throws {
    let engine = try Engine()
    let shape = [1, 20, 11, 13]
    // Small whole numbers, so that many are equal.
    let x = Tensor(shape: shape, noise(shape.elementCount, seed: 1).map { ($0 * 3).rounded() })
    let pool = MaxPool(window: window)
    let destination = try pool.outputShapes([shape])[0]
    let gradients = Tensor(shape: destination.batched(2), noise(destination.elementCount * 2, seed: 2))
    func run(_ format: Layout.Format) throws -> (output: Tensor, gradients: Tensor) {
      let operand = try engine.reorder(engine.upload(x), to: format)
      let result = try pool.forward([operand], on: engine)
      let pass = BackwardPass(
        operands: [operand], outputs: result.outputs, workspace: result.workspace,
        gradients: [engine.upload(gradients)], rules: [.standard, .guided], wanted: [2])
      let found = try #require(try pool.backward(pass, on: engine)[0])
      return (try engine.download(result.outputs[0]), try engine.download(found))
    }
    let (blocked, plain) = (try run(.blocked8), try run(.plain))
    #expect(blocked.output == plain.output)
    #expect(blocked.gradients.deviation(from: plain.gradients) < 1e-6)
  }

  @Test("global pooling sees the whole map")
  func global() throws {
    let maximum = try pool("GlobalMaxPool", [:])
    #expect(try maximum.output == Tensor(shape: [1, 1, 1, 1], [8]))
    #expect(try maximum.gradients([[2]])[0][0].values == [0, 0, 0, 0, 0, 0, 2, 0])
    let mean = try pool("GlobalAveragePool", [:])
    #expect(try mean.output == Tensor(shape: [1, 1, 1, 1], [3.625]))
    #expect(try mean.gradients([[8]])[0][0].values == [1, 1, 1, 1, 1, 1, 1, 1])
  }
}
