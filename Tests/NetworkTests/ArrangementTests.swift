import TestSupport
import Testing

@testable import Network

@Suite("How tensors are read as maps")
struct ArrangementTests {
  @Test("a square number of tokens is a grid, and one more is a grid behind a class token")
  func squares() {
    #expect(Arrangement(tokens: [1, 49, 32]) == .tokens(side: 7, droppingClassToken: false))
    #expect(Arrangement(tokens: [1, 50, 32]) == .tokens(side: 7, droppingClassToken: true))
    #expect(Arrangement(tokens: [1, 197, 768])?.mapShape(of: [1, 197, 768]) == [768, 14, 14])
  }

  @Test("no grid is made of other numbers, of several pictures or of a single cell")
  func others() {
    #expect(Arrangement(tokens: [1, 48, 32]) == nil)
    #expect(Arrangement(tokens: [2, 49, 32]) == nil)
    #expect(Arrangement(tokens: [1, 1, 32]) == nil)
    #expect(Arrangement(tokens: [1, 2, 32]) == nil)
    #expect(Arrangement(tokens: [49, 32]) == nil)
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
