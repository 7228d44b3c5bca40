import TestSupport
import Testing

@testable import Network

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

  @Test(
    "channels stand last between the transpositions that put them there and back",
    .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func channelsLast() throws {
    let network = try Network(contentsOfFile: ReferenceNetwork("convnext").file("model.onnx"))
    #expect(try network.layer(named: "layer_norm").arrangement == .channelsLast)
    #expect(try network.layer(named: "add_2").arrangement == .maps)
  }

  @Test(
    "a tensor that is no grid is no layer, and the message says which is",
    .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func noLayer() throws {
    let network = try Network(contentsOfFile: ReferenceNetwork("vit").file("model.onnx"))
    let layer = "/encoder/layers/encoder_layer_1/ln_1/LayerNormalization"
    #expect {
      try network.layer(named: "/Gather_output_0")
    } throws: { error in
      "\(error)"
        == "error: layer “/Gather_output_0” has shape 1×32, which is no stack of maps that the classes depend on. "
        + "Try “\(layer)”."
    }
  }
}
