import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Concatenation")
struct ConcatTests {
  @Test("hand-computed: the gradient is cut where the tensors were joined")
  func handComputed() throws {
    var model = ONNXBuilder()
    model.input("a", [1, 2])
    model.input("b", [1, 1])
    model.node("Concat", ["a", "b", "a"], ["y"], ["axis": 1])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 2], [1, 2]), Tensor(shape: [1, 1], [3])])
    #expect(try run.output == Tensor(shape: [1, 5], [1, 2, 3, 1, 2]))
    #expect(try run.gradients([[1, 2, 3, 40, 50]])[0].map(\.values) == [[41, 52], [3]])
  }

  /// x → conv, pool p; p → conv c; [p, c] → conv d; [p, c, d]: the dense block of DenseNet.
  private func model(channels: Int) -> ONNXBuilder {
    var model = ONNXBuilder()
    func weights(_ count: Int) -> [Float] { (0..<count).map { Float(($0 * 37 + 11) % 23 - 11) / 16 } }
    model.input("x", [1, 8, 6, 6])
    model.constant("u", [8, 8, 1, 1], weights(64))
    model.constant("v", [channels, 8, 3, 3], weights(channels * 72))
    model.constant("w", [8, 8 + channels, 3, 3], weights((8 + channels) * 72))
    model.node("Conv", ["x", "u"], ["q"])
    model.node("MaxPool", ["q"], ["p"], ["kernel_shape": [2, 2]])
    model.node("Conv", ["p", "v"], ["c"], ["pads": [1, 1, 1, 1]])
    model.node("Concat", ["p", "c"], ["small"], ["axis": 1])
    model.node("Conv", ["small", "w"], ["d"], ["pads": [1, 1, 1, 1]])
    model.node("Concat", ["p", "c", "d"], ["large"], ["axis": 1])
    model.output("large")
    return model
  }

  /// Twelve channels end within a block of eight and are joined by copying.
  @Test("tensors joined again and again hold their parts, wherever those were written", arguments: [16, 12])
  func denseBlock(channels: Int) throws {
    let x = Tensor(shape: [1, 8, 6, 6], (0..<288).map { Float(($0 * 29 + 5) % 41 - 20) / 16 })
    let run = try ModelRun(model(channels: channels), inputs: [x])
    let (p, c, d) = try (run.tensor(named: "p"), run.tensor(named: "c"), run.tensor(named: "d"))
    #expect(try run.tensor(named: "small")?.values == (p?.values ?? []) + (c?.values ?? []))
    #expect(try run.output.values == (p?.values ?? []) + (c?.values ?? []) + (d?.values ?? []))
    let addresses = ["p", "small", "large"].map { name in
      run.graph.names[name].flatMap { run.trace.activations[$0]?.address }
    }
    #expect(channels % 8 != 0 || Set(addresses).count == 1)
  }
}
