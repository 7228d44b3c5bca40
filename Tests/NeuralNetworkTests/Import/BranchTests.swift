import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// `If` with a condition that is known when the model is loaded.
@Suite("Branches")
struct BranchTests {
  private static let x = Tensor(shape: [1, 2, 1, 1], [-1, 2])

  /// x → r = Relu(x) → If(condition) → y.
  private func model(
    condition: (inout ONNXBuilder) -> Void, then: ONNXBuilder, otherwise: ONNXBuilder, outputs: [String] = ["y"]
  ) -> ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 1, 1])
    model.node("Relu", ["x"], ["r"])
    condition(&model)
    model.node("If", ["condition"], outputs, ["then_branch": .graph(then), "else_branch": .graph(otherwise)])
    model.output("y")
    return model
  }

  private func branch(_ nodes: [(String, [String], String)], output: String) -> ONNXBuilder {
    var branch = ONNXBuilder()
    for (operatorType, inputs, output) in nodes { branch.node(operatorType, inputs, [output]) }
    branch.output(output)
    return branch
  }

  private func constant(_ isTrue: Bool) -> (inout ONNXBuilder) -> Void {
    { $0.constant(ONNXTensorLiteral(shape: [], dataType: 9, name: "condition") { $0.bytes(9, [isTrue ? 1 : 0]) }) }
  }

  @Test("the branch that the condition names is taken, with tensors from outside", arguments: [true, false])
  func taken(isTrue: Bool) throws {
    let run = try ModelRun(
      model(
        condition: constant(isTrue), then: branch([("Neg", ["r"], "t")], output: "t"),
        otherwise: branch([("Add", ["r", "x"], "t")], output: "t")), inputs: [Self.x])
    #expect(try run.output.values == (isTrue ? [0, -2] : [-1, 4]))
    #expect(try run.gradients([[1, 1]])[0][0].values == (isTrue ? [0, -1] : [1, 2]))
  }

  @Test("a condition that follows from a shape is known")
  func shape() throws {
    let run = try ModelRun(
      model(
        condition: { model in
          model.integers("two", [2])
          model.node("Size", ["r"], ["size"])
          model.node("Equal", ["size", "two"], ["condition"])
        }, then: branch([("Neg", ["r"], "t")], output: "t"), otherwise: branch([("Loop", ["r"], "t")], output: "t")),
      inputs: [Self.x])
    #expect(try run.output.values == [0, -2])
  }

  @Test("what only the other branch would need may be of any kind, outside of it too")
  func otherBranch() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 1, 1])
    constant(true)(&model)
    model.node("NonMaxSuppression", ["x"], ["boxes"])
    model.node(
      "If", ["condition"], ["y"],
      [
        "then_branch": .graph(branch([("Neg", ["x"], "t")], output: "t")),
        "else_branch": .graph(branch([("Identity", ["boxes"], "t")], output: "t")),
      ])
    model.output("y")
    #expect(try ModelRun(model, inputs: [Self.x]).output.values == [1, -2])
  }

  @Test("branches in branches, with constants of their own, that hand on tensors from outside")
  func nested() throws {
    var inner = ONNXBuilder()
    inner.constant("w", [1], [3])
    inner.node("Mul", ["outer", "w"], ["t"])
    inner.output("t")
    var outer = ONNXBuilder()
    outer.constant("w", [1], [10])
    outer.node("Add", ["r", "w"], ["outer"])
    outer.node("If", ["condition"], ["t"], ["then_branch": .graph(inner), "else_branch": .graph(inner)])
    outer.output("t")
    outer.output("r")
    let run = try ModelRun(
      model(condition: constant(true), then: outer, otherwise: outer, outputs: ["y", "again"]), inputs: [Self.x])
    #expect(try run.output.values == [30, 36])
    #expect(run.graph.values.map(\.name).contains("node_y/outer"))
  }

  @Test("a tensor that only a branch reads is computed, though its node has other readers")
  func readInBranchOnly() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 4, 1, 1])
    constant(true)(&model)
    model.node("Split", ["x"], ["a", "b"], ["axis": 1])
    model.node(
      "If", ["condition"], ["c"],
      [
        "then_branch": .graph(branch([("Neg", ["b"], "t")], output: "t")),
        "else_branch": .graph(branch([("Neg", ["a"], "t")], output: "t")),
      ])
    model.node("Add", ["a", "c"], ["y"])
    model.output("y")
    #expect(try ModelRun(model, inputs: [Tensor(shape: [1, 4, 1, 1], [1, 2, 3, 5])]).output.values == [-2, -3])
  }

  // MARK: Faults

  private func message(_ model: ONNXBuilder) throws -> String {
    try ImportFaultTests.message(model.bytes).replacingOccurrences(of: "model.onnx: error: ", with: "")
  }

  @Test("a condition that depends on the picture")
  func unknown() throws {
    let negation = branch([("Neg", ["r"], "t")], output: "t")
    #expect(
      try message(
        model(
          condition: { model in
            model.node("ReduceSum", ["r"], ["sum"])
            model.constant("limit", [], [1])
            model.node("Greater", ["sum", "limit"], ["condition"])
          }, then: negation, otherwise: negation))
        == "node “node_y” (If) chooses by what the picture holds; only a choice that is known when the model is loaded is "
        + "supported. Export the model without branches that depend on its input.")
  }

  @Test("branches that are missing, damaged, or have too few outputs")
  func misfits() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 1, 1])
    constant(true)(&model)
    model.node("If", ["condition"], ["y"], ["else_branch": .graph(branch([("Neg", ["x"], "t")], output: "t"))])
    model.output("y")
    #expect(try message(model) == "node “node_y” (If) has no then_branch that fits it. The file is damaged.")
    var none = ONNXBuilder()
    none.node("Neg", ["x"], ["t"])
    #expect(
      try message(self.model(condition: constant(false), then: none, otherwise: none))
        == "node “node_y” (If) has no else_branch that fits it. The file is damaged.")
  }

  @Test("branches one in the other, deeper than any network has them, end in a message")
  func depth() throws {
    var inner = branch([("Neg", ["r"], "t")], output: "t")
    for _ in 0..<3000 {
      var outer = ONNXBuilder()
      outer.node("If", ["condition"], ["t"], ["then_branch": .graph(inner)])
      outer.output("t")
      inner = outer
    }
    #expect(
      try message(model(condition: constant(true), then: inner, otherwise: inner)).hasSuffix(
        "cannot be expanded: functions and branches may lie in each other 64 deep, and bring in 1048576 names in all."))
  }
}
