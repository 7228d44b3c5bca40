import NeuralNetwork
import TestSupport
import Testing

@Suite("What the guided rule reaches", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct GuidedRuleCoverageTests {
  @Test(
    "rectifiers, and what stands in their place",
    arguments: [
      ("alexnet", "reaches 5 rectifiers, all there are"),
      ("mobilenet-v2", "reaches 35 rectifiers, all there are"),
      ("mobilenet-v3", "reaches 14 rectifiers, but not 19 HardSwish"),
      ("efficientnet", "reaches 0 rectifiers, but not 31 SiLU"),
      ("regnet-se", "reaches 25 rectifiers, all there are"),
      ("vit", "reaches 0 rectifiers, but not 2 GELU"),
      ("convnext", "reaches 0 rectifiers, but not 3 GELU"),
    ])
  func coverage(name: String, sentence: String) throws {
    let network = try Network(contentsOfFile: ReferenceNetwork(name).file("model.onnx"))
    #expect(network.guidedRuleCoverage.description == sentence)
  }
}
