import Diagnostics
import NeuralNetwork
import TestSupport
import Testing

@Suite("Files that are fixed to a batch of several pictures")
struct FixedBatchTests {
  /// A network that is fixed to batches of 4; `middle` lies between a tensor `x` of [4, 6, 2, 2] and `y` of [4, 6, …].
  private func message(_ middle: (inout ONNXBuilder) -> Void) throws -> String {
    var model = ONNXBuilder()
    model.input("x", [4, 6, 2, 2])
    middle(&model)
    model.node("GlobalAveragePool", ["y"], ["mean"])
    model.node("Flatten", ["mean"], ["scores"])
    model.output("scores")
    return try model.withFile { path in
      do {
        let network = try Network(contentsOfFile: path)
        let trace = try network.forward(Tensor(shape: [1, 6, 2, 2], (0..<24).map { Float($0) }))
        return trace.logits.map { "\($0)" }.joined(separator: " ")
      } catch let faults as DiagnosticList {
        return faults.all.map(\.text).joined(separator: "\n")
      }
    }
  }

  @Test("the batch in shapes and constants is taken for what it is")
  func adapted() throws {
    let means = "1.5 5.5 9.5 13.5 17.5 21.5"
    #expect(
      try message { model in
        model.integers("rows", [4, 6, 4])
        model.integers("maps", [-1, 6, 2, 2])
        model.node("Reshape", ["x", "rows"], ["r"])
        model.node("Reshape", ["r", "maps"], ["y"])
      } == means)
    // Six pictures' worth of patches, and back.
    #expect(
      try message { model in
        model.integers("patches", [24, 1, 2, 2])
        model.integers("maps", [4, 6, 2, 2])
        model.node("Reshape", ["x", "patches"], ["r"])
        model.node("Reshape", ["r", "maps"], ["y"])
      } == means)
    #expect(
      try message { model in
        model.constant("token", [4, 1, 2, 2], (0..<16).map { Float($0 % 4) })
        model.node("Concat", ["x", "token"], ["y"], ["axis": 1])
      } == means + " 1.5")
  }

  @Test("what mixes the pictures of a batch, or has other constants for each, is told")
  func refused() throws {
    let hint = " Export it with a batch of 1, or an open one: `dynamic_axes={'INPUT': {0: 'batch'}}`."
    let start = "the model is fixed to batches of 4 pictures and cannot be run with one: "
    #expect(
      try message { model in
        model.node("Transpose", ["x"], ["t"], ["perm": [1, 0, 2, 3]])
        model.integers("maps", [4, 6, 2, 2])
        model.node("Reshape", ["t", "maps"], ["y"])
      } == start + "“t” is no batch of 6×1×2×2." + hint)
    let faults = try message { model in
      model.constant("token", [4, 1, 2, 2], (0..<16).map { Float($0) })
      model.node("Concat", ["x", "token"], ["y"], ["axis": 1])
    }
    #expect(faults.hasPrefix(start + "node “node_y” (Concat)"))
    #expect(faults.hasSuffix(hint))
  }
}
