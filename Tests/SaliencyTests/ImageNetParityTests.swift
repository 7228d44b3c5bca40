import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing
import Vocabulary

/// SqueezeNet with its ImageNet weights on the photo of a dog and a cat, against PyTorch.
@Suite("SqueezeNet on a photo agrees with PyTorch", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct ImageNetParityTests {
  static let classes = [282, 242, 243]
  static let layerNames = ["fire5/concat", "fire9/concat", "relu_conv_final"]

  static func network() throws -> Network {
    try Network(
      contentsOfFile: ReferenceData.url("imagenet/content/models/squeezenet/model.onnx").path,
      inputShape: [1, 3, 227, 227])
  }

  static func reference(_ path: String) throws -> Tensor {
    try Tensor(contentsOfNPYFile: ReferenceData.url("imagenet/reference/cat-dog/\(path).npy").path)
  }

  @Test("from the reference input, every tensor agrees to 1e-4 of its maximum, guided ones to 1e-3")
  func fromTensor() throws {
    let network = try Self.network()
    let layers = try Self.layerNames.map { try network.layer(named: $0) }
    let explainer = try Explainer(
      network, input: Self.reference("input"), layers: layers)
    #expect(deviation(explainer.logits, from: try Self.reference("logits")) <= 1e-4)
    let methods: [Saliency.Method] = [.gradient, .guidedGradCAM, .counterfactual]
    for explanation in try explainer.explain(Self.classes, layers: layers, methods: methods) {
      func expected(_ name: String) throws -> Tensor {
        try Self.reference("class-\(explanation.classIndex)/\(name)")
      }
      #expect(try explanation.tensor(.gradient).deviation(from: expected("gradient")) <= 1e-4)
      #expect(try explanation.tensor(.guidedBackpropagation).deviation(from: expected("guided")) <= 1e-3)
      for (name, layer) in zip(["fire5_concat", "fire9_concat", "relu_conv_final"], layers) {
        #expect(deviation(try explanation.map(.gradCAM, at: layer), from: try expected("\(name)-gradcam")) <= 1e-4)
        let against = try explanation.map(.counterfactual, at: layer)
        #expect(deviation(against, from: try expected("\(name)-counterfactual")) <= 1e-4)
      }
      let fire9 = layers[1]
      let upsampled = try explanation.map(.gradCAM, at: fire9).normalized().upsampled(width: 227, height: 227)
      #expect(deviation(upsampled, from: try expected("fire9_concat-gradcam-upsampled")) <= 1e-4)
      let product = try explanation.tensor(.guidedGradCAM, at: fire9)
      #expect(deviation(product.values, from: try expected("fire9_concat-guided-gradcam")) <= 1e-3)
    }
  }

  @Test("from the PNG file, decoded and resized here, Grad-CAM agrees to 1 % of its maximum")
  func fromFile() throws {
    let network = try Self.network()
    let input = try InputSpecification(
      width: 227, height: 227, channels: .order(.bgr), scale: 255, mean: [104, 117, 123])
    let image = try Image(contentsOfFile: ReferenceData.url("imagenet/content/images/cat-dog.png").path)
    let prepared = try input.prepare(image)
    #expect(deviation(prepared.tensor.values, from: try Self.reference("input")) <= 1e-2)
    let layers = try Self.layerNames.map { try network.layer(named: $0) }
    let explainer = try Explainer(network, input: prepared.tensor, layers: layers)
    for explanation in try explainer.explain(Self.classes, layers: layers, methods: [.gradCAM]) {
      for (name, layer) in zip(["fire5_concat", "fire9_concat", "relu_conv_final"], layers) {
        let expected = try Self.reference("class-\(explanation.classIndex)/\(name)-gradcam")
        #expect(deviation(try explanation.map(.gradCAM, at: layer), from: expected) <= 1e-2)
      }
    }
  }

  @Test("CAM is refused with one clear message, since no linear layer follows the pooling")
  func classActivationMap() throws {
    let network = try Self.network()
    let error = #expect(throws: (any Error).self) {
      try Explainer(network, input: Self.reference("input"), layers: [])
        .explain([282], layers: [], methods: [.classActivationMap])
    }
    #expect(
      "\(try #require(error))"
        == "error: “cam” needs a network that ends in global average pooling and one linear layer, which this one does "
        + "not. Try “grad-cam”, which works on any layer.")
  }
}
