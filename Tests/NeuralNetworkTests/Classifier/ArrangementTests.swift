import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("How tensors are read as maps")
struct ArrangementTests {
  /// The grids of a network for pictures of 3×`height`×`width`, cut into patches of `patch` pixels by a convolution, or
  /// by hand.
  private func grids(_ height: Int, _ width: Int, patch: Int? = nil) throws -> TokenGrids {
    var model = ONNXBuilder()
    model.input("x", [1, 3, height, width])
    if let patch {
      model.constant("w", [2, 3, patch, patch], [Float](repeating: 0, count: 6 * patch * patch))
      model.node("Conv", ["x", "w"], ["y"], ["strides": [patch, patch]])
    } else {
      model.node("Relu", ["x"], ["y"])
    }
    model.output("y")
    return TokenGrids(try model.withFile { path in try ONNXImporter.graph(at: path) { _ in [[1, 3, height, width]] } })
  }

  @Test("tokens form the grid of the patch embedding, behind a class token, a distillation token or registers")
  func embedding() throws {
    let grids = try grids(64, 96, patch: 16)
    #expect(grids.arrangement(of: [1, 24, 8]) == .tokens(height: 4, width: 6, leading: 0))
    #expect(grids.arrangement(of: [1, 25, 8]) == .tokens(height: 4, width: 6, leading: 1))
    #expect(grids.arrangement(of: [1, 26, 8]) == .tokens(height: 4, width: 6, leading: 2))
    #expect(grids.arrangement(of: [1, 29, 8]) == .tokens(height: 4, width: 6, leading: 5))
    #expect(grids.arrangement(of: [1, 29, 8])?.mapShape(of: [1, 29, 8]) == [8, 4, 6])
  }

  @Test("without an embedding they form the grid of square patches, or else a square")
  func patches() throws {
    let grids = try grids(64, 96)
    #expect(grids.arrangement(of: [1, 24, 8]) == .tokens(height: 4, width: 6, leading: 0))
    #expect(grids.arrangement(of: [1, 25, 8]) == .tokens(height: 4, width: 6, leading: 1))
    #expect(grids.arrangement(of: [1, 49, 8]) == .tokens(height: 7, width: 7, leading: 0))
    #expect(grids.arrangement(of: [1, 50, 8]) == .tokens(height: 7, width: 7, leading: 1))
  }

  @Test("no grid is made of other numbers, of several pictures or of a single cell")
  func others() throws {
    let grids = try grids(64, 96, patch: 16)
    for shape in [[1, 30, 32], [2, 24, 32], [1, 1, 32], [1, 2, 32], [24, 32]] {
      #expect(grids.arrangement(of: shape) == nil)
    }
  }

  /// x → conv → [N, H, W, C] → a layer normalisation → [N, C, H, W] → a sum with the convolution → classes.
  private static var model: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 6, 5])
    for (name, shape) in [("w", [8, 3, 1, 1]), ("scale", [8]), ("m", [8, 4])] {
      model.constant(name, shape, noise(shape.reduce(1, *), seed: shape[0]))
    }
    model.node("Conv", ["x", "w"], ["conv"])
    model.node("Transpose", ["conv"], ["last"], ["perm": [0, 2, 3, 1]])
    model.node("LayerNormalization", ["last", "scale"], ["norm"])
    model.node("Transpose", ["norm"], ["first"], ["perm": [0, 3, 1, 2]])
    model.node("Add", ["conv", "first"], ["sum"])
    model.node("GlobalAveragePool", ["sum"], ["mean"])
    model.node("Flatten", ["mean"], ["flat"])
    model.node("MatMul", ["flat", "m"], ["logits"])
    model.output("logits")
    return model
  }

  @Test("channels stand last between the transpositions that put them there and back")
  func channelsLast() throws {
    try Self.model.withFile { path in
      let network = try Network(contentsOfFile: path)
      #expect(try network.layer(named: "norm").arrangement == .channelsLast)
      #expect(try network.layer(named: "sum").arrangement == .maps)
    }
  }

  @Test("a tensor that is no grid is no layer, and the message says which is")
  func noLayer() throws {
    try Self.model.withFile { path in
      let network = try Network(contentsOfFile: path)
      #expect {
        try network.layer(named: "flat")
      } throws: { error in
        "\(error)"
          == "error: layer “flat” has shape 1×8, which is no stack of maps that the classes depend on. Try “node_sum”."
      }
    }
  }
}
