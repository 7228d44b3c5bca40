import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// Networks whose weights, inputs or tensors are infinite or not numbers: what is refused, and what is said of the rest.
@Suite("Networks that go wrong")
struct NonFiniteNetworkTests {
  /// x → Conv(w) → Relu → GlobalAveragePool → Gemm(m).
  private static func model(
    weight: Float = 1, last: Float = 1, change: (inout ONNXBuilder) -> Void = { $0.output("logits") }
  ) -> ONNXBuilder {
    var model = ONNXBuilder()
    var weights = [Float](repeating: 0.5, count: 2 * 3 * 9)
    weights[37] = weight
    model.input("x", [1, 3, 4, 4])
    model.constant("w", [2, 3, 3, 3], weights)
    model.constant("m", [2, 2], [1, 2, 3, last])
    model.node("Conv", ["x", "w"], ["c"], ["pads": [1, 1, 1, 1]])
    model.node("Relu", ["c"], ["r"])
    model.node("GlobalAveragePool", ["r"], ["g"])
    model.node("Flatten", ["g"], ["f"])
    model.node("Gemm", ["f", "m"], ["logits"])
    change(&model)
    return model
  }

  private static let input = Tensor(shape: [1, 3, 4, 4], repeating: 0.25)

  private static let wayOut = " Export the model again from a checkpoint in which every weight is a finite number."

  private static func message(_ model: ONNXBuilder) throws -> String {
    try model.withFile { path in
      ImportFaultTests.message(path).replacingOccurrences(of: path + ": error: ", with: "")
    }
  }

  @Test("weights are looked at when the file is read")
  func weights() throws {
    #expect(
      try Self.message(Self.model(weight: .nan))
        == "tensor “w”, which node “node_c” (Conv) reads, is not a number at [1, 1, 0, 1]." + Self.wayOut)
    #expect(
      try Self.message(Self.model(weight: -.infinity))
        == "tensor “w”, which node “node_c” (Conv) reads, is infinite at [1, 1, 0, 1]." + Self.wayOut)
    #expect(
      try Self.message(Self.model(last: .infinity))
        == "tensor “m”, which node “node_logits” (Gemm) reads, is infinite at [1, 1]." + Self.wayOut)
    #expect(try Self.message(Self.model()) == "no fault")
  }

  @Test("only what the scores depend on is looked at")
  func unread() throws {
    let model = Self.model { model in
      model.constant("spare", [2], [.nan, 1])
      model.node("Mul", ["logits", "spare"], ["other"])
      model.output("logits")
    }
    #expect(try Self.message(model) == "no fault")
  }

  @Test("what is computed from constants is looked at too")
  func folded() throws {
    let model = Self.model { model in
      model.constant("zero", [2], [0, 0])
      model.node("Div", ["zero", "zero"], ["quotient"])
      model.node("Mul", ["logits", "quotient"], ["scaled"])
      model.output("scaled")
    }
    #expect(
      try Self.message(model)
        == "tensor “quotient”, which node “node_scaled” (Mul) reads, is not a number at [0]." + Self.wayOut)
  }

  @Test("a mask may be infinite")
  func mask() throws {
    let model = Self.model { model in
      model.constant("mask", [1, 2], [-.infinity, 0])
      model.node("Add", ["logits", "mask"], ["masked"])
      model.node("Softmax", ["masked"], ["probabilities"])
      model.constant("n", [2, 2], [1, 2, 3, 4])
      model.node("Gemm", ["probabilities", "n"], ["scores"])
      model.output("scores")
    }
    let logits = try model.withFile { try Network(contentsOfFile: $0).forward(Self.input).logits }
    #expect(logits == [3, 4])
  }

  @Test("a variance below zero is named")
  func variance() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 2, 2])
    for name in ["scale", "shift", "mean"] { model.constant(name, [2], [1, 1]) }
    model.constant("variance", [2], [1, -0.5])
    model.node("BatchNormalization", ["x", "scale", "shift", "mean", "variance"], ["y"])
    model.node("GlobalAveragePool", ["y"], ["g"])
    model.node("Flatten", ["g"], ["logits"])
    model.output("logits")
    #expect(
      try Self.message(model)
        == "node “node_y” (BatchNormalization) divides by the root of -0.5, the variance of channel 1.")
  }

  @Test("an input that holds what is no finite number is refused", arguments: [Float.nan, .infinity])
  func input(value: Float) throws {
    var input = Self.input
    input.values[5] = value
    let message = try Self.model().withFile { path in
      let network = try Network(contentsOfFile: path)
      let fault = try #require(throws: (any Error).self) { try network.forward(input) }
      return "\(fault)"
    }
    #expect(message == "error: element 5 of the network's input is \(value), no finite number.")
  }

  @Test("where a run goes wrong is found, the first infinity and what it leads to")
  func origin() throws {
    let model = Self.model { model in
      model.constant("large", [1], [1e30])
      model.node("Mul", ["r", "large"], ["much"])
      model.node("Mul", ["much", "large"], ["more"])
      model.node("Sub", ["more", "more"], ["none"])
      model.node("Relu", ["none"], ["rectified"])
      model.node("ReduceMean", ["rectified"], ["means"], ["axes": [2, 3], "keepdims": 0])
      model.output("means")
    }
    try model.withFile { path in
      let network = try Network(contentsOfFile: path)
      let logits = try network.forward(Self.input).logits
      #expect(logits.allSatisfy { $0.isNaN })
      let found = try network.nonFiniteTensors(of: Self.input).map(\.description)
      #expect(
        found == [
          "“more”, computed by “node_more” (Mul), holds infinity",
          "“none”, computed by “node_none” (Sub), holds what is not a number",
        ])
    }
    try Self.model().withFile { path in
      let found = try Network(contentsOfFile: path).nonFiniteTensors(of: Self.input)
      #expect(found.isEmpty)
    }
  }

  @Test("asking for a layer that was not kept is refused, forward and back")
  func notKept() throws {
    try Self.model().withFile { path in
      let network = try Network(contentsOfFile: path)
      let layer = try network.layer(named: "c")
      let fault =
        "error: layer “node_c” was not kept in the forward run. Try to name it among the layers to keep."
      let trace = try network.forward(Self.input)
      let forward = try #require(throws: (any Error).self) { try trace.activation(at: layer) }
      #expect("\(forward)" == fault)
      let request = GradientRequest(classIndex: 0, layers: [layer])
      let back = try #require(throws: (any Error).self) { try trace.gradients([request]) }
      #expect("\(back)" == fault)
      let kept = try network.forward(Self.input, keeping: [layer])
      let (activation, gradients) = (try kept.activation(at: layer), try kept.gradients([request])[0])
      #expect(activation.shape == [1, 2, 4, 4])
      #expect(gradients.layers[layer]?.values.contains { $0 != 0 } == true)
      // The run before still has not kept it.
      #expect(throws: (any Error).self) { try trace.activation(at: layer) }
    }
  }

  @Test("a file that is cut off, overwritten or removed after it was opened changes nothing")
  func changingFile() throws {
    try Self.model().withFile { path in
      let expected = try Network(contentsOfFile: path).forward(Self.input).logits
      for change in [truncate, overwrite, remove] {
        try Data(Self.model().bytes).write(to: URL(fileURLWithPath: path))
        let network = try Network(contentsOfFile: path)
        try change(path)
        let trace = try network.forward(Self.input, keeping: network.layers)
        #expect(trace.logits == expected)
        let gradients = try trace.gradients([GradientRequest(classIndex: 1, toInput: true)])
        #expect(gradients[0].input != nil)
      }
    }
  }

  private func truncate(_ path: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.truncate(atOffset: 0)
    try file.close()
  }

  private func overwrite(_ path: String) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    let count = try file.seekToEnd()
    try file.seek(toOffset: 0)
    try file.write(contentsOf: Data(count: Int(count)))
    try file.close()
  }

  private func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  @Test("who reads a file while another holds its bytes shares them, unless it may have changed unseen")
  func shared() throws {
    // This file is older than the steps of any clock; a new one is not.
    let first = try FileMemory.reading(#filePath)
    #expect(try FileMemory.reading(#filePath) === first)
    #expect(try Data(first.buffer) == Data(contentsOf: URL(fileURLWithPath: #filePath)))
    try Self.model().withFile { path in
      let fresh = try FileMemory.reading(path)
      let again = try FileMemory.reading(path)
      #expect(again !== fresh)
      #expect(fresh.buffer.elementsEqual(Self.model().bytes))
    }
  }
}
