import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing

@Suite("HiResCAM")
struct HiResCAMTests {
  @Test(
    "agrees with PyTorch", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"),
    arguments: [
      "alexnet", "all-convolutional", "convnext", "densenet", "efficientnet", "googlenet-lrn", "mobilenet-v2",
      "resnet-bottleneck", "squeezenet", "vgg-bn",
    ])
  func reference(name: String) throws {
    let reference = try ReferenceNetwork(name)
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let layer = try network.layer(named: reference.layers[0].tensor)
    let explainer = try Explainer(network, input: reference.tensor("input"), layers: [layer])
    let explanation = try #require(
      try explainer.explain([reference.target], layers: [layer], methods: [.hiResCAM]).first)
    let map = try explanation.map(.hiResCAM, at: layer)
    #expect(deviation(map, from: try reference.tensor("methods/hires-cam")) <= 1e-4)
  }

  @Test("is Grad-CAM where global average pooling and one linear layer follow")
  func linear() throws {
    let network = try Network(
      contentsOfFile: TabletopContent.original.appendingPathComponent("models/tabletop/model.onnx").path)
    let layer = try #require(network.classActivationHead).layer
    let input = Tensor(shape: network.inputShape, (0..<network.inputShape.reduce(1, *)).map { Float($0 % 23) / 11 - 1 })
    let explainer = try Explainer(network, input: input, layers: [layer])
    for explanation in try explainer.explain([8, 0], layers: [layer], methods: [.hiResCAM, .gradCAM]) {
      let (map, expected) = (try explanation.map(.hiResCAM, at: layer), try explanation.map(.gradCAM, at: layer))
      try #require(!expected.isBlank)
      #expect(deviation(map.values, from: expected.values) <= 1e-5)
    }
  }
}
