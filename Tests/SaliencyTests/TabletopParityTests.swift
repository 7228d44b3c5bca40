import Foundation
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing

/// The project's own network against PyTorch: Fixtures/make_tabletop_fixture.py makes the answers.
@Suite("Tabletop agrees with PyTorch")
struct TabletopParityTests {
  private struct Answers: Decodable {
    struct Map: Decodable {
      let layer: String
      let gradCAM: [Float]
      let counterfactual: [Float]
    }

    struct Class: Decodable {
      let index: Int
      let gradient: [Float]
      let guided: [Float]
      let maps: [Map]
    }

    let logits: [Float]
    let classes: [Class]
  }

  private let answers: Answers
  private let network: Network
  private let explainer: Explainer
  private let layers: [Layer]

  init() throws {
    let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../Fixtures/tabletop.json").standardizedFileURL
    answers = try JSONDecoder().decode(Answers.self, from: Data(contentsOf: file))
    let network = try Network(
      contentsOfFile: TabletopContent.original.appendingPathComponent("models/tabletop/model.onnx").path)
    let layers = try (answers.classes.first?.maps ?? []).map { try network.layer(named: $0.layer) }
    explainer = try Explainer(network, input: Self.squares, layers: layers)
    self.network = network
    self.layers = layers
  }

  /// 16 × 16 squares of 8 × 8 pixels in each of three channels.
  private static var squares: Tensor {
    let small = noise(3 * 16 * 16, seed: 1)
    return Tensor(
      shape: [1, 3, 128, 128],
      (0..<3 * 128 * 128).map { index in
        let (channel, row, column) = (index / 16384, index / 128 % 128, index % 128)
        return small[channel * 256 + row / 8 * 16 + column / 8]
      })
  }

  /// What is written of a gradient.
  private func sample(_ tensor: Tensor) -> [Float] {
    stride(from: 0, to: tensor.values.count, by: 61).map { tensor.values[$0] }
  }

  @Test("logits, gradients and maps to 1e-4 of their maximum, guided gradients to 1e-3")
  func everything() throws {
    #expect(deviation(explainer.logits, from: answers.logits) <= 1e-4)
    let found = try explainer.explain(
      answers.classes.map(\.index), layers: layers, methods: [.gradient, .guidedGradCAM, .counterfactual])
    #expect(found.count == 2)
    for (explanation, expected) in zip(found, answers.classes) {
      #expect(explanation.classIndex == expected.index)
      #expect(try deviation(sample(explanation.tensor(.gradient)), from: expected.gradient) <= 1e-4)
      #expect(try deviation(sample(explanation.tensor(.guidedBackpropagation)), from: expected.guided) <= 1e-3)
      #expect(layers.count == expected.maps.count)
      for (layer, expected) in zip(layers, expected.maps) {
        let (speaking, against) = (
          try explanation.map(.gradCAM, at: layer), try explanation.map(.counterfactual, at: layer)
        )
        #expect(deviation(speaking.values, from: expected.gradCAM) <= 1e-4, "\(expected.layer)")
        #expect(deviation(against.values, from: expected.counterfactual) <= 1e-4, "\(expected.layer)")
      }
    }
  }

  @Test("CAM rectified is Grad-CAM times the area of the map")
  func classActivationMap() throws {
    let head = try #require(network.classActivationHead)
    let explainer = try Explainer(network, input: Self.squares, layers: [head.layer])
    for explanation in try explainer.explain([8, 0], layers: [head.layer], methods: [.classActivationMap, .gradCAM]) {
      let map = try explanation.map(.classActivationMap)
      let scaled = try explanation.map(.gradCAM, at: head.layer).mapValues { $0 * Float(map.width * map.height) }
      #expect(deviation(map.mapValues { max($0, 0) }.values, from: scaled.values) <= 1e-5)
    }
  }

  @Test("a map and its gradients are the same bits whether or not other layers are looked at")
  func independence() throws {
    func explanation(keeping layers: (Network, Layer) -> [Layer]) throws -> Explanation {
      let network = try Network(
        contentsOfFile: TabletopContent.original.appendingPathComponent("models/tabletop/model.onnx").path)
      let layer = try network.layer(named: "relu6")
      return try Explainer(network, input: Self.squares, layers: layers(network, layer)).explain(
        [8], layers: [layer], methods: [.gradient, .guidedBackpropagation, .gradCAM])[0]
    }
    let alone = try explanation { [$1] }
    let among = try explanation { network, _ in network.layers }
    #expect(alone.logit == among.logit)
    for cell in alone.attributions.computed.keys {
      #expect(
        try #require(alone.attributions.computed[cell]).values == #require(among.attributions.computed[cell]).values,
        "\(cell.method.id)")
    }
    #expect(alone.attributions.computed.count == 3)
    #expect(try alone.map(.gradCAM, at: network.layer(named: "relu6")).values.contains { $0 > 0 })
  }

  @Test("a batch of classes gives what each class gives alone")
  func batch() throws {
    let trace = try network.forward(Self.squares, keeping: layers)
    let requests = (0..<5).flatMap { index in
      [
        GradientRequest(classIndex: index, rule: .standard, layers: layers),
        GradientRequest(classIndex: index, rule: .guided, toInput: true),
      ]
    }
    for (request, gradients) in try zip(requests, trace.gradients(requests)) {
      let alone = try trace.gradients([request])[0]
      if let input = alone.input { #expect(try #require(gradients.input).deviation(from: input) <= 1e-5) }
      for layer in layers {
        guard let maps = alone.layers[layer] else { continue }
        #expect(try #require(gradients.layers[layer]).deviation(from: maps) <= 1e-5)
      }
    }
  }
}
