import NeuralNetwork
import TestSupport
import Testing

@Suite("Where the time goes")
struct ProfileTests {
  /// A convolution and a block with a shortcut around another one.
  private static var model: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 16, 16])
    for (name, shape) in [("v", [8, 3, 3, 3]), ("w", [8, 8, 3, 3]), ("m", [8, 5])] {
      model.constant(name, shape, noise(shape.reduce(1, *), seed: shape[0]))
    }
    model.node("Conv", ["x", "v"], ["c1"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["c1"], ["r1"])
    model.node("MaxPool", ["r1"], ["p"], ["kernel_shape": [2, 2], "strides": [2, 2]])
    model.node("Conv", ["p", "w"], ["c2"], ["pads": [1, 1, 1, 1]])
    model.node("Add", ["c2", "p"], ["a"])
    model.node("Relu", ["a"], ["r2"])
    model.node("GlobalAveragePool", ["r2"], ["mean"])
    model.node("Flatten", ["mean"], ["flat"])
    model.node("MatMul", ["flat", "m"], ["logits"])
    model.output("logits")
    return model
  }

  @Test("every operation that runs has its times, and convolutions have oneDNN's beside them")
  func operations() throws {
    let input = Tensor(shape: [1, 3, 16, 16], noise(768, seed: 1))
    try Self.model.withFile { path in
      let network = try Network(contentsOfFile: path)
      let before = try network.forward(input).logits
      let operations = try network.profile(input, classIndex: 2, runs: 3)
      let convolutions = operations.filter { $0.kind.hasPrefix("Convolution") }
      #expect(convolutions.count == 2)
      #expect(convolutions.contains { $0.kind == "Convolution + Add + Rectifier" })
      #expect(operations.contains { $0.kind == "MaxPool" })
      for operation in operations {
        #expect(operation.forwardMilliseconds > 0 && operation.backwardMilliseconds > 0, "\(operation.name)")
        #expect((operation.directMilliseconds != nil) == operation.kind.hasPrefix("Convolution"), "\(operation.name)")
      }
      #expect(convolutions.compactMap(\.directMilliseconds).allSatisfy { $0.forward > 0 && $0.backward > 0 })
      // A profile leaves the network as it was.
      #expect(try network.forward(input).logits == before)
      #expect(before.contains { $0 != 0 })
    }
  }
}
