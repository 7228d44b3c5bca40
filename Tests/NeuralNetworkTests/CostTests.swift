import NeuralNetwork
import TestSupport
import Testing

@Suite("What a network costs")
struct CostTests {
  /// By hand, and for ResNet and ViT alike: what a layer multiplies, and what it keeps.
  @Test("parameters and operations of each kind of layer")
  func layers() throws {
    var model = ONNXBuilder(opset: 21)
    model.input("x", [1, 3, 8, 8])
    model.constant("w", [4, 3, 2, 2], [Float](repeating: 1, count: 48))
    model.constant("b", [4], [0, 0, 0, 0])
    model.node("Conv", ["x", "w", "b"], ["conv"], ["strides": [2, 2]])
    model.node("BatchNormalization", ["conv", "b", "b", "b", "one"], ["norm"])
    model.constant("one", [4], [1, 1, 1, 1])
    model.integers("tokens", [1, 4, 16])
    model.node("Reshape", ["norm", "tokens"], ["t"])
    model.node("LayerNormalization", ["t", "s", "s"], ["layer"])
    model.constant("s", [16], [Float](repeating: 1, count: 16))
    model.node("Transpose", ["layer"], ["back"], ["perm": [0, 2, 1]])
    model.node("MatMul", ["layer", "back"], ["attention"])
    model.node("Einsum", ["attention", "layer"], ["mixed"], ["equation": "bij,bjc->bic"])
    model.node("Flatten", ["mixed"], ["flat"])
    model.constant("m", [5, 64], [Float](repeating: 1, count: 320))
    model.node("Gemm", ["flat", "m"], ["y"], ["transB": 1])
    model.output("y")
    let network = try model.withFile { try Network(contentsOfFile: $0) }
    #expect(network.parameterCount == 48 + 4 + 8 + 32 + 320)
    // 4 maps of 4×4 from 12 each; 4×4 from 16 each; 4×16 from 4 each; 5 from 64 each.
    #expect(network.floatingPointOperations == 2 * (64 * 12 + 16 * 16 + 64 * 4 + 5 * 64))
  }
}
