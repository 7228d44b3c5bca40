import NeuralNetwork
import Saliency
import TestSupport
import Testing

/// What a store of results rests on.
@Suite(
  "Results do not depend on what is kept beside them", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)")
)
struct IndependenceTests {
  @Test(
    "a map and its gradients are the same bits whether or not other layers are looked at",
    arguments: [
      "alexnet", "squeezenet", "vgg-bn", "resnet-bottleneck", "densenet", "mobilenet-v3", "efficientnet", "vit",
    ])
  func layers(name: String) throws {
    let reference = try ReferenceNetwork(name)
    let input = try reference.tensor("input")
    func explanation(keepingAll: Bool) throws -> Explanation {
      let network = try Network(contentsOfFile: reference.file("model.onnx"), inputShape: input.shape)
      let layer = try #require(network.defaultLayer).layer
      let explainer = try Explainer(network, input: input, layers: keepingAll ? network.layers : [layer])
      return try explainer.explain(
        [reference.target], layers: [layer], methods: [.gradient, .guidedBackpropagation, .gradCAM])[0]
    }
    let alone = try explanation(keepingAll: false)
    let among = try explanation(keepingAll: true)
    #expect(alone.logit == among.logit)
    for cell in alone.attributions.computed.keys {
      #expect(
        try #require(alone.attributions.computed[cell]).values == #require(among.attributions.computed[cell]).values,
        "\(cell.method.id)")
    }
    #expect(alone.attributions.computed.count == 3)
  }
}
