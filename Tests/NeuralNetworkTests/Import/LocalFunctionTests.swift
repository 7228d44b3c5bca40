import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// Functions that a model defines itself: what calls compute, and which definitions make no sense.
@Suite("Functions of the model's own")
struct LocalFunctionTests {
  /// A model with an input x of three values and one call.
  private func model(_ attributes: [String: ONNXAttributeLiteral] = [:], calling name: String = "f", opset: Int = 17)
    -> ONNXBuilder
  {
    var model = ONNXBuilder(opset: opset)
    model.input("x", [1, 3, 1, 1])
    model.node(name, ["x"], ["y"], attributes, domain: "own")
    model.output("y")
    return model
  }

  private static let x = Tensor(shape: [1, 3, 1, 1], [-2, 1, 3])

  @Test("a call computes what the function's nodes compute, and gradients flow back through them")
  func call() throws {
    var model = model()
    model.function("f", ["a"], ["c"], [ONNXCall("Relu", ["a"], ["b"]), ONNXCall("Mul", ["b", "a"], ["c"])])
    let run = try ModelRun(model, inputs: [Self.x])
    #expect(try run.output.values == [0, 1, 9])
    #expect(try run.gradients([[1, 1, 1]])[0][0].values == [0, 2, 6])
  }

  @Test("a call's name means its first output, and inner nodes and tensors have names behind it")
  func names() throws {
    var model = model()
    model.function("f", ["a"], ["c"], [ONNXCall("Relu", ["a"], ["b"]), ONNXCall("Mul", ["b", "a"], ["c"])])
    let graph = try ModelRun(model, inputs: [Self.x]).graph
    #expect(graph.nodes.map(\.name) == ["node_y/node_b", "node_y/node_c"])
    #expect(graph.values.map(\.name) == ["x", "node_y/b", "y"])
    #expect(graph.names["node_y"] == graph.names["y"])
  }

  @Test("two calls of one function keep apart, and share weights that both are given")
  func twice() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 1, 1])
    model.constant("w", [1], [2])
    model.node("f", ["x", "w"], ["h"], domain: "own")
    model.node("f", ["h", "w"], ["y"], domain: "own")
    model.output("y")
    model.function("f", ["a", "w"], ["c"], [ONNXCall("Mul", ["a", "w"], ["b"]), ONNXCall("Add", ["b", "w"], ["c"])])
    #expect(try ModelRun(model, inputs: [Self.x]).output.values == [-2, 10, 18])
  }

  @Test("attributes come from the call, from the function's defaults, or are left out, through calls in calls")
  func attributes() throws {
    for (given, expected) in [(["slope": .float(0.5)], [-1, 1, 3]), ([:], [-0.5, 1, 3])]
      as [([String: ONNXAttributeLiteral], [Float])]
    {
      var model = model(given)
      model.function(
        "f", ["a"], ["b"], defaults: ["slope": 0.25],
        [ONNXCall("g", ["a"], ["b"], ["alpha": .reference("slope")], domain: "own")])
      model.function(
        "g", ["a"], ["b"], attributes: ["alpha"], [ONNXCall("LeakyRelu", ["a"], ["b"], ["alpha": .reference("alpha")])])
      #expect(try ModelRun(model, inputs: [Self.x]).output.values == expected)
    }
    var silent = model()
    silent.function(
      "f", ["a"], ["b"], attributes: ["alpha"], [ONNXCall("LeakyRelu", ["a"], ["b"], ["alpha": .reference("alpha")])])
    #expect(try ModelRun(silent, inputs: [Self.x]).output.values == [-0.02, 1, 3])
  }

  @Test("a function is read in its own operator set")
  func operatorSet() throws {
    // Softmax over all trailing axes before version 13, over one since.
    for (opset, expected) in [(12, [0.25, 0.25, 0.25, 0.25]), (13, [0.5, 0.5, 0.5, 0.5])] as [(Int, [Float])] {
      var model = ONNXBuilder(opset: 17)
      model.input("x", [1, 2, 2])
      model.node("f", ["x"], ["y"], domain: "own")
      model.output("y")
      model.function("f", ["a"], ["b"], opset: opset, [ONNXCall("Softmax", ["a"], ["b"], ["axis": 1])])
      #expect(try ModelRun(model, inputs: [Tensor(shape: [1, 2, 2])]).output.values == expected)
    }
  }

  @Test("inputs and outputs that a call leaves out, and an output that is an input")
  func leftOut() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 1, 1])
    model.node("f", ["x"], ["", "y", "z"], domain: "own")
    model.node("Add", ["y", "z"], ["sum"])
    model.output("sum")
    model.function(
      "f", ["a", "missing"], ["unused", "c", "a"],
      [ONNXCall("NonMaxSuppression", ["a"], ["unused"]), ONNXCall("Clip", ["a", "missing", ""], ["c"])])
    #expect(try ModelRun(model, inputs: [Self.x]).output.values == [-4, 2, 6])
  }

  @Test("a function that asks whether an input was left out takes the branch for that")
  func optional() throws {
    for (inputs, expected) in [(["x", "x"], [-4, 2, 6]), (["x"], [2, -1, -3])] as [([String], [Float])] {
      var then = ONNXBuilder()
      then.node("Add", ["a", "b"], ["t"])
      then.output("t")
      var otherwise = ONNXBuilder()
      otherwise.node("Neg", ["a"], ["t"])
      otherwise.output("t")
      var model = ONNXBuilder(opset: 18)
      model.input("x", [1, 3, 1, 1])
      model.node("f", inputs, ["y"], domain: "own")
      model.output("y")
      model.function(
        "f", ["a", "b"], ["c"], opset: 18,
        [
          ONNXCall("OptionalHasElement", ["b"], ["given"]),
          ONNXCall("If", ["given"], ["c"], ["then_branch": .graph(then), "else_branch": .graph(otherwise)]),
        ])
      #expect(try ModelRun(model, inputs: [Self.x]).output.values == expected)
    }
  }

  @Test("a function of a standard operator's name is the model's own")
  func standardName() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 1, 1])
    model.node("Relu", ["x"], ["y"], domain: "own")
    model.output("y")
    model.function("Relu", ["a"], ["b"], [ONNXCall("Neg", ["a"], ["b"])])
    #expect(try ModelRun(model, inputs: [Self.x]).output.values == [2, -1, -3])
  }

  // MARK: Faults

  private func message(_ change: (inout ONNXBuilder) -> Void, _ attributes: [String: ONNXAttributeLiteral] = [:]) throws
    -> String
  {
    var model = model(attributes)
    change(&model)
    return try ImportFaultTests.message(model.bytes).replacingOccurrences(of: "model.onnx: error: ", with: "")
  }

  @Test("functions that call themselves, or each other")
  func recursion() throws {
    #expect(
      try message { $0.function("f", ["a"], ["b"], [ONNXCall("f", ["a"], ["b"], domain: "own")]) }
        == "node “node_y/node_b” (f) is a function that calls itself. The file is damaged.")
    #expect(
      try message {
        $0.function("f", ["a"], ["b"], [ONNXCall("g", ["a"], ["b"], domain: "own")])
        $0.function("g", ["a"], ["b"], [ONNXCall("f", ["a"], ["b"], domain: "own")])
      } == "node “node_y/node_b/node_b” (f) is a function that calls itself. The file is damaged.")
  }

  @Test("functions that double again and again are stopped")
  func doubling() throws {
    let text = try message { model in
      for level in 0..<40 {
        let next = "f\(level + 1)"
        model.function(
          level == 0 ? "f" : "f\(level)", ["a"], ["c"],
          [ONNXCall(next, ["a"], ["b"], domain: "own"), ONNXCall(next, ["b"], ["c"], domain: "own")])
      }
      model.function("f40", ["a"], ["b"], [ONNXCall("Relu", ["a"], ["b"])])
    }
    #expect(
      text.contains(
        "cannot be expanded: functions and branches may lie in each other 64 deep, and bring in 1048576 names in all."))
  }

  @Test("functions too deep in each other are stopped")
  func depth() throws {
    let text = try message { model in
      for level in 0..<100 {
        model.function(
          level == 0 ? "f" : "f\(level)", ["a"], ["b"], [ONNXCall("f\(level + 1)", ["a"], ["b"], domain: "own")])
      }
      model.function("f100", ["a"], ["b"], [ONNXCall("Relu", ["a"], ["b"])])
    }
    #expect(
      text.hasSuffix(
        "(f64) cannot be expanded: functions and branches may lie in each other 64 deep, and bring in 1048576 names in all."
      )
    )
  }

  @Test("calls that do not fit, unknown attributes, and names given twice")
  func misfits() throws {
    #expect(
      try message { $0.function("f", [], ["b"], [ONNXCall("Constant", [], ["b"], ["value_float": 1.0])]) }
        == "node “node_y” (f) is a function of 0 inputs and 1 outputs in operator set 17, which is called with 1 and 1 or "
        + "not supported.")
    #expect(
      try message({ $0.function("f", ["a"], ["b"], [ONNXCall("Relu", ["a"], ["b"])]) }, ["mystery": 1])
        == "node “node_y” (f) has more attributes than its function knows, or than are supported.")
    #expect(
      try message(
        { $0.function("f", ["a"], ["b"], attributes: ["known"], [ONNXCall("Relu", ["a"], ["b"])]) }, ["mystery": 1])
        == "node “node_y” (f) has an attribute “mystery”, which is not known for this operator.")
    #expect(
      try message { $0.function("f", ["a"], ["b"], [ONNXCall("Relu", ["a"], ["b"]), ONNXCall("Neg", ["a"], ["b"])]) }
        == "node “node_y” (f) stands for nodes of which two compute one tensor. The file is damaged.")
    #expect(
      try message { $0.function("f", ["a"], ["a"], [ONNXCall("Relu", ["a"], ["a"])]) }
        == "node “node_y” (f) stands for nodes of which two compute one tensor. The file is damaged.")
    // A function sees no tensors but its own.
    #expect(
      try message { $0.function("f", ["a"], ["b"], [ONNXCall("Add", ["a", "x"], ["b"])]) }
        == "node “node_y/node_b” (Add) reads “x”, which nothing computes. The file is damaged.")
    #expect(
      try message { $0.function("f", ["a"], ["b"], [ONNXCall("NonMaxSuppression", ["a"], ["b"])]) }
        == "1 node uses an operator that sitegen does not support: “node_y/node_b” (NonMaxSuppression). "
        + "Take another network; docs/pages/operators.md lists the operators that sitegen runs.")
  }

  @Test("an attribute that takes its value from a function where there is none")
  func strayReference() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 1, 1])
    model.node("LeakyRelu", ["x"], ["y"], ["alpha": .reference("slope")])
    model.output("y")
    #expect(
      try ImportFaultTests.message(model.bytes)
        == "model.onnx: error: node “node_y” (LeakyRelu): attribute “alpha” takes its value from a function, but stands in "
        + "none. The file is damaged.")
  }
}
