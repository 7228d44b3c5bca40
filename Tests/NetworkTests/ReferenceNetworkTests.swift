import Foundation
import Network
import TestSupport
import Testing

/// Whole networks against PyTorch, each tensor within 1e-4 of the largest reference value (1e-3 for guided gradients,
/// whose masks may flip where an activation is exactly zero).
@Suite("Networks agree with PyTorch", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct ReferenceNetworkTests {
  static let names = [
    "alexnet", "alexnet-lrn-groups", "vgg", "vgg-bn", "vgg-cam", "resnet-basic", "resnet-bottleneck", "googlenet-lrn",
    "all-convolutional", "squeezenet", "densenet", "mobilenet-v2", "mobilenet-v3", "efficientnet", "shufflenet-v2",
    "mnasnet", "regnet-se", "convnext", "vit", "swin",
  ]

  @Test("logits, gradients and maps of every reference layer", arguments: names)
  func network(name: String) throws {
    let reference = try ReferenceNetwork(name)
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let layers = try reference.layers.map { try network.layer(named: $0.tensor) }
    let trace = try network.forward(reference.tensor("input"), keeping: layers)
    let logits = try reference.tensor("logits")
    #expect(Tensor(shape: logits.shape, trace.logits).deviation(from: logits) <= 1e-4)

    let gradients = try trace.gradients([
      GradientRequest(classIndex: reference.target, rule: .guided, toInput: true),
      GradientRequest(classIndex: reference.target, rule: .standard, layers: layers),
      GradientRequest(classIndex: reference.target, rule: .standard, toInput: true),
    ])
    #expect(try #require(gradients[2].input).deviation(from: reference.tensor("gradient")) <= 1e-4)
    #expect(try #require(gradients[0].input).deviation(from: reference.tensor("guided")) <= 1e-3)
    for (index, layer) in layers.enumerated() {
      let activation = try trace.activation(at: layer)
      #expect(activation.deviation(from: try reference.tensor("layer\(index)-activation")) <= 1e-4)
      let gradient = try #require(gradients[1].layers[layer])
      #expect(gradient.deviation(from: try reference.tensor("layer\(index)-gradient")) <= 1e-4)
    }
  }

  @Test("a batch of classes gives what each class gives alone", arguments: ["squeezenet", "resnet-basic"])
  func batch(name: String) throws {
    let reference = try ReferenceNetwork(name)
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let layer = try network.layer(named: reference.layers[0].tensor)
    let trace = try network.forward(reference.tensor("input"), keeping: [layer])
    let requests = (0..<5).flatMap { index in
      [
        GradientRequest(classIndex: index, rule: .standard, layers: [layer]),
        GradientRequest(classIndex: index, rule: .guided, toInput: true),
      ]
    }
    let together = try trace.gradients(requests)
    for (request, gradients) in zip(requests, together) {
      let alone = try trace.gradients([request])[0]
      if let input = alone.input { #expect(try #require(gradients.input).deviation(from: input) <= 1e-5) }
      if let maps = alone.layers[layer] { #expect(try #require(gradients.layers[layer]).deviation(from: maps) <= 1e-5) }
    }
  }
}
