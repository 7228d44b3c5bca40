import TestSupport
import Testing

@testable import NeuralNetwork

/// Operator sets 1 to 6.
@Suite("Early operator sets")
struct EarlyBroadcastingTests {
  /// Cases before operator set 7, of all operators.
  private static var cases: [OperatorCase] { ((try? OperatorCase.load()) ?? []).filter { $0.opset < 7 } }

  @Test("PyTorch and finite differences", arguments: cases)
  func reference(testCase: OperatorCase) throws { try check(testCase) }

  @Test("there are such cases")
  func count() { #expect(Self.cases.count >= 25) }

  @Test("hand-computed: a vector along the channels")
  func handComputed() throws {
    var model = ONNXBuilder(opset: 6)
    model.input("x", [1, 2, 1, 2])
    model.input("b", [2])
    model.node("Mul", ["x", "b"], ["y"], ["broadcast": 1, "axis": 1])
    model.output("y")
    let run = try ModelRun(
      model, inputs: [Tensor(shape: [1, 2, 1, 2], [1, 2, 3, 4]), Tensor(shape: [2], [10, 100])])
    #expect(try run.output.values == [10, 20, 300, 400])
    #expect(try run.gradients([[1, 1, 1, 1]])[0].map(\.values) == [[10, 10, 100, 100], [3, 7]])
    #expect(run.graph.nodes.last?.name == "node_y")
  }

  @Test(
    "shapes that do not fit",
    arguments: [
      (["broadcast": 1, "axis": 3], "has axis 3 for operands 1×2×2×2 and 2×2."),
      (["broadcast": 1, "axis": 0], "combines shapes 1×2×2×2 and 2×2, which do not fit."),
    ] as [([String: ONNXAttributeLiteral], String)])
  func faults(attributes: [String: ONNXAttributeLiteral], expected: String) throws {
    var model = ONNXBuilder(opset: 6)
    model.input("x", [1, 2, 2, 2])
    model.constant("b", [2, 2], [1, 2, 3, 4])
    model.node("Add", ["x", "b"], ["y"], attributes)
    model.output("y")
    #expect(try ImportFaultTests.message(model.bytes) == "model.onnx: error: node “node_y” (Add) \(expected)")
  }
}
