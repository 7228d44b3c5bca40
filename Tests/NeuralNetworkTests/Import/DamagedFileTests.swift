import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// A right model, cut short and with bits flipped: every reading must end, in a network or a message.
@Suite("Damaged models")
struct DamagedFileTests {
  /// A small network with every kind of field that the reader knows.
  static let model: [UInt8] = {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 4, 4])
    model.constant("w", [2, 1, 3, 3], (0..<18).map { Float($0) / 9 - 1 })
    for name in ["scale", "bias", "mean", "variance"] { model.constant(name, [2], [1, 2]) }
    model.constant("fc", [3, 2], [1, 2, 3, 4, 5, 6])
    model.integers("shape", [1, -1])
    model.node("Conv", ["x", "w"], ["c"], ["pads": [1, 1, 1, 1], "auto_pad": "NOTSET"])
    model.node("BatchNormalization", ["c", "scale", "bias", "mean", "variance"], ["n"], ["epsilon": 0.5])
    model.node("Constant", [], ["k"], ["value": .tensor(ONNXTensorLiteral(shape: [1], [0.5]))])
    model.node("Add", ["n", "k"], ["a"])
    model.node("Relu", ["a"], ["r"])
    model.node("MaxPool", ["r"], ["m"], ["kernel_shape": [2, 2], "strides": [2, 2]])
    model.node("GlobalAveragePool", ["m"], ["g"])
    model.node("Reshape", ["g", "shape"], ["f"])
    model.node("Gemm", ["f", "fc"], ["l"], ["transB": 1])
    model.node("Softmax", ["l"], ["y"])
    model.output("y")
    return model.bytes
  }()

  /// Reads a model and runs it there and back; what is thrown must be a diagnostic, or a fault of oneDNN's.
  static func exercise(_ bytes: [UInt8]) throws -> String {
    let message = try ImportFaultTests.message(bytes)
    guard message == "no fault" else { return message }
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("model.onnx").path
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let network = try Network(contentsOfFile: path)
      let trace = try network.forward(Tensor(shape: network.inputShape, repeating: 0.5))
      _ = try trace.gradients([GradientRequest(classIndex: 0, rule: .guided, toInput: true)])
    }
    return message
  }

  @Test("the model itself is right")
  func whole() throws { #expect(try Self.exercise(Self.model) == "no fault") }

  @Test("cut short anywhere")
  func truncated() throws {
    // The graph is one field of the model, so that whatever is cut inside it ends too early.
    let graphEnd = Self.model.count - 6
    for count in stride(from: 1, to: Self.model.count, by: 7) {
      let message = try Self.exercise(Array(Self.model[..<count]))
      if (5..<graphEnd).contains(count) {
        #expect(
          message == "model.onnx: error: this is not an ONNX model: it ends too early. "
            + "Try to copy or export the file again.")
      } else {
        #expect(message.hasPrefix("model.onnx: error: "))
      }
    }
  }

  @Test("with one to three bits flipped", arguments: 0..<4)
  func flipped(part: UInt64) throws {
    var generator = SplitMix(state: part)
    for _ in 0..<100 {
      var bytes = Self.model
      for _ in 0...Int.random(in: 0...2, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] ^= 1 << UInt8.random(in: 0...7, using: &generator)
      }
      let message = try Self.exercise(bytes)
      #expect(message == "no fault" || message.hasPrefix("model.onnx: error: "))
    }
  }
}
