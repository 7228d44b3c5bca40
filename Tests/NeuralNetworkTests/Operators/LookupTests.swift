import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Rows chosen by a run's own indices")
struct LookupTests {
  private static var model: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [2, 3])
    model.input("ids", [2], elementType: 7)
    model.node("Gather", ["x", "ids"], ["y"], ["axis": 1])
    model.output("y")
    return model
  }

  @Test("hand-computed: columns from either end, and one twice, with a batch of gradients")
  func columns() throws {
    let x = Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6])
    let run = try ModelRun(Self.model, inputs: [x, Tensor(shape: [2], [2, -3])])
    #expect(try run.output == Tensor(shape: [2, 2], [3, 1, 6, 4]))
    let gradients = try run.gradients([[1, 10, 100, 1000], [0, -1, 0, 0]])
    #expect(gradients.map { $0[0].values } == [[10, 0, 1, 1000, 0, 100], [-1, 0, 0, 0, 0, 0]])
    #expect(gradients.map { $0[1].values } == [[0, 0], [0, 0]])
    let twice = try run.with(inputs: [x, Tensor(shape: [2], [1, 1])])
    #expect(try twice.output.values == [2, 2, 5, 5])
    #expect(try twice.gradients([[1, 10, 100, 1000]])[0][0].values == [0, 11, 0, 0, 1100, 0])
  }

  @Test("an index that there is not, or that is no whole number, is told", arguments: [3, -4, 0.5] as [Float])
  func faults(index: Float) throws {
    let inputs = [Tensor(shape: [2, 3]), Tensor(shape: [2], [0, index])]
    #expect(
      faultText { _ = try ModelRun(Self.model, inputs: inputs) }
        == "node “node_y” (Gather) picks index \(index) along an axis of 3.")
  }
}
