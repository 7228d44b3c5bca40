import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing

@Suite("Maps agree with PyTorch", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct ReferenceMapTests {
  static let names = [
    "alexnet", "alexnet-lrn-groups", "vgg", "vgg-bn", "vgg-cam", "resnet-basic", "resnet-bottleneck", "googlenet-lrn",
    "all-convolutional", "squeezenet", "densenet", "mobilenet-v2", "mobilenet-v3", "efficientnet", "shufflenet-v2",
    "mnasnet", "regnet-se", "convnext", "vit", "swin",
  ]

  @Test(
    "Grad-CAM, counterfactual and Guided Grad-CAM of every family at every reference layer",
    arguments: names)
  func family(name: String) throws {
    let reference = try ReferenceNetwork(name)
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let layers = try reference.layers.map { try network.layer(named: $0.tensor) }
    let explainer = try Explainer(
      network, input: reference.tensor("input"), layers: layers)
    let explanation = try #require(
      try explainer.explain([reference.target], layers: layers, methods: [.guidedGradCAM, .counterfactual]).first)
    for (index, layer) in layers.enumerated() {
      let map = try explanation.map(.gradCAM, at: layer)
      func expected(_ kind: String) throws -> Tensor { try reference.tensor("layer\(index)-\(kind)") }
      #expect(deviation(map, from: try expected("gradcam")) <= 1e-4)
      let against = try explanation.map(.counterfactual, at: layer)
      #expect(deviation(against, from: try expected("counterfactual")) <= 1e-4)
      let upsampled = try expected("gradcam-upsampled")
      let (height, width) = (network.inputShape[2], network.inputShape[3])
      let heat = map.normalized().upsampled(width: width, height: height)
      #expect(deviation(heat, from: upsampled) <= 1e-4)
      let product = try explanation.tensor(.guidedGradCAM, at: layer)
      #expect(deviation(product.values, from: try expected("guided-gradcam")) <= 1e-3)
    }
  }

  @Test(
    "the layer chosen by itself is the reference layer",
    arguments: names)
  func defaultLayer(name: String) throws {
    let reference = try ReferenceNetwork(name)
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let chosen = try #require(network.defaultLayer).layer
    #expect(chosen.tensor == reference.layers[0].tensor)
  }

  @Test("maps whose channels stand last give what they give with the channels in front")
  func channelsLast() throws {
    let reference = try ReferenceNetwork("swin")
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    // The reference layer is this one, transposed.
    let layer = try network.layer(named: "layer_norm_10")
    let explainer = try Explainer(network, input: reference.tensor("input"), layers: [layer])
    let explanation = try #require(
      try explainer.explain([reference.target], layers: [layer], methods: [.gradCAM]).first)
    #expect(deviation(try explanation.map(.gradCAM, at: layer), from: try reference.tensor("layer0-gradcam")) <= 1e-4)
  }

  @Test(
    "CAM rectified is Grad-CAM times the area of the map",
    arguments: ["vgg-cam", "resnet-basic", "resnet-bottleneck", "googlenet-lrn"])
  func classActivationMap(name: String) throws {
    let reference = try ReferenceNetwork(name)
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let head = try #require(network.classActivationHead)
    let explainer = try Explainer(
      network, input: reference.tensor("input"), layers: [head.layer])
    for explanation in try explainer.explain(
      [0, reference.target], layers: [head.layer], methods: [.classActivationMap, .gradCAM])
    {
      let map = try explanation.map(.classActivationMap)
      let area = Float(map.width * map.height)
      let scaled = try explanation.map(.gradCAM, at: head.layer).mapValues { $0 * area }
      #expect(deviation(map.mapValues { max($0, 0) }.values, from: scaled.values) <= 1e-5)
    }
  }
}

/// `deviation` of a map, infinite where its sides are not the reference's last two.
func deviation(_ map: Heatmap, from reference: Tensor) -> Double {
  reference.shape.suffix(2) == [map.height, map.width] ? deviation(map.values, from: reference.values) : .infinity
}

/// `deviation` of numbers whose shape is known elsewhere.
func deviation(_ values: [Float], from reference: Tensor) -> Double { deviation(values, from: reference.values) }
