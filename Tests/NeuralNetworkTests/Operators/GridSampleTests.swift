import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Sampling at the points of a grid")
struct GridSampleTests {
  @Test("hand-computed: a point between four elements, and its gradients")
  func handComputed() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 2, 2])
    model.input("grid", [1, 1, 1, 2])
    model.node("GridSample", ["x", "grid"], ["y"], ["align_corners": 1])
    model.output("y")
    // A quarter of the way from left to right, in the middle between top and bottom.
    let run = try ModelRun(
      model, inputs: [Tensor(shape: [1, 1, 2, 2], [0, 8, 16, 32]), Tensor(shape: [1, 1, 1, 2], [-0.5, 0])])
    #expect(try run.output.values == [11])
    let gradients = try run.gradients([[2]])[0]
    #expect(gradients[0].values == [0.75, 0.25, 0.75, 0.25])
    // A unit of the grid is half an element: 2 · ½ · (8 + 16) / 2 to the right, 2 · ½ · (20 − 2) down.
    #expect(gradients[1].values == [12, 18])
  }

  @Test("points that are no numbers, and points beyond all measure, name no element")
  func faraway() throws {
    for padding in ["zeros", "reflection", "border"] {
      var model = ONNXBuilder()
      model.input("x", [1, 1, 2, 2])
      model.input("grid", [1, 1, 3, 2])
      model.node("GridSample", ["x", "grid"], ["y"], ["padding_mode": .string(padding)])
      model.output("y")
      let points: [Float] = [.nan, 0, .infinity, 0, -1e38, 0]
      let run = try ModelRun(
        model, inputs: [Tensor(shape: [1, 1, 2, 2], [1, 1, 1, 1]), Tensor(shape: [1, 1, 3, 2], points)])
      #expect(try run.output.values.allSatisfy { $0 == 0 || padding != "zeros" && $0 == 1 })
    }
  }

  @Test(
    "what is not supported",
    arguments: [
      (
        ["mode": "bicubic", "padding_mode": "border"],
        "samples by cubic interpolation beyond the edge, which is supported only with zeros there. Export the model with `padding_mode='zeros'` or `mode='bilinear'`."
      ),
      (["mode": "area"], "has the unknown mode “area” or padding “zeros”."),
    ] as [([String: ONNXAttributeLiteral], String)])
  func faults(attributes: [String: ONNXAttributeLiteral], expected: String) throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 2, 2])
    model.constant("grid", [1, 1, 1, 2], [0, 0])
    model.node("GridSample", ["x", "grid"], ["y"], attributes)
    model.output("y")
    #expect(try ImportFaultTests.message(model.bytes) == "model.onnx: error: node “node_y” (GridSample) \(expected)")
  }
}
