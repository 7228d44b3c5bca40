import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Operators that choose, compare, count and contract")
struct SelectionTests {
  @Test("hand-computed: a tensor is split into as many parts as the node has outputs, read or not")
  func split() throws {
    for opset in [1, 2, 13, 17] {
      var model = ONNXBuilder(opset: opset)
      model.input("x", [1, 4])
      model.node("Split", ["x"], ["", "y"], ["axis": 1])
      model.output("y")
      let run = try ModelRun(model, inputs: [Tensor(shape: [1, 4], [1, 2, 3, 4])])
      #expect(try run.output == Tensor(shape: [1, 2], [3, 4]))
      #expect(try run.gradients([[5, 6]])[0][0].values == [0, 0, 5, 6])
    }
  }

  @Test("positions of the largest elements come with them, and can be read as numbers")
  func positions() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 4])
    model.integers("two", [2])
    model.node("TopK", ["x", "two"], ["values", "positions"])
    model.node("Cast", ["positions"], ["y"], ["to": 1])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 4], [0.5, 3, -1, 2])])
    #expect(try run.output == Tensor(shape: [1, 2], [1, 3]))
    #expect(try run.gradients([[1, 1]])[0][0].values == [0, 0, 0, 0])
  }

  @Test("the same operators work on shapes")
  func constants() throws {
    let x = Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6])
    #expect(try ModelRun(Self.reshaping, inputs: [x]).output == Tensor(shape: [3, 2], x.values))
  }

  /// Reshape to a shape that is computed from the input's own.
  private static var reshaping: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [2, 3])
    model.node("Shape", ["x"], ["shape"])
    model.integers("order", [1, 0])
    model.integers("axis", [], [0])
    model.node("GatherElements", ["shape", "order"], ["swapped"])
    model.node("CumSum", ["swapped", "axis"], ["sums"])
    model.node("Sub", ["sums", "swapped"], ["before"])
    model.node("Add", ["before", "swapped"], ["again"])
    model.node("Sub", ["again", "before"], ["target"])
    model.node("Reshape", ["x", "target"], ["y"])
    model.output("y")
    return model
  }
}
