import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

private let isPresent = FileManager.default.fileExists(atPath: ReferenceData.url("cases").path)

/// Networks whose end, rectifiers or layers were once taken for something else, with PyTorch's answers.
@Suite("Networks whose parts look like others", .enabled(if: isPresent, "\(ReferenceData.absence)"))
struct RoleCaseTests {
  private static func path(_ name: String) -> String { ReferenceData.url("cases/\(name)").path }

  private static func tensor(_ name: String) throws -> Tensor { try Tensor(contentsOfNPYFile: path(name + ".npy")) }

  private func network(_ name: String, output: String? = nil) throws -> Network {
    try Network(contentsOfFile: Self.path("\(name)/model.onnx"), output: output)
  }

  @Test(
    "logits, gradient, guided gradient and the default layer's map of class 0",
    arguments: [
      ("features-then-logits", "r2"), ("distance-head-new-exporter", "relu_1"),
      ("distance-head-old-exporter", "/b/b.4/Relu_output_0"), ("gem-old-exporter", "/b/b.4/Relu_output_0"),
      ("attention-pooling", "/b/b.4/Relu_output_0"),
    ])
  func answers(name: String, layer: String) throws {
    let network = try network(name)
    let found = try #require(network.defaultLayer?.layer)
    #expect(found.tensor == layer)
    #expect(network.guidedRuleCoverage.description == "reaches 2 rectifiers, all there are")
    let trace = try network.forward(try Self.tensor("\(name)/input"), keeping: [found])
    let gradients = try trace.gradients([
      GradientRequest(classIndex: 0, toInput: true, layers: [found]),
      GradientRequest(classIndex: 0, rule: .guided, toInput: true),
    ])
    #expect(deviation(trace.logits, from: try Self.tensor("\(name)/expected_logits").values) <= 1e-4)
    let (plain, guided) = (try #require(gradients[0].input), try #require(gradients[1].input))
    #expect(plain.deviation(from: try Self.tensor("\(name)/expected_gradient_0")) <= 1e-4)
    #expect(guided.deviation(from: try Self.tensor("\(name)/expected_guided_0")) <= 1e-3)
    let map = Self.gradCAM(try trace.activation(at: found), try #require(gradients[0].layers[found]))
    let expected = try Self.tensor("\(name)/expected_gradcam_raw_0")
    #expect(Tensor(shape: expected.shape, map).deviation(from: expected) <= 1e-4)
  }

  @Test("an upper and a lower bound are the ReLU6 that they spell")
  func relu6() throws {
    let input = try Self.tensor("relu6-as-min-max/input")
    let guided = try ["model", "same-with-clip"].map { file in
      let network = try Network(contentsOfFile: Self.path("relu6-as-min-max/\(file).onnx"))
      #expect(network.guidedRuleCoverage.description == "reaches 2 rectifiers, all there are")
      let trace = try network.forward(input)
      let request = GradientRequest(classIndex: 0, rule: .guided, toInput: true)
      return try #require(try trace.gradients([request])[0].input)
    }
    #expect(guided[1].values.contains { $0 != 0 })
    #expect(guided[0].deviation(from: guided[1]) <= 1e-6)
  }

  @Test("what is 1 − p is a probability")
  func oneMinusP() throws {
    let network = try network("one-minus-p")
    #expect(network.scores == .probability)
    let trace = try network.forward(try Self.tensor("one-minus-p/input"))
    let expected = try Self.tensor("one-minus-p/expected_probabilities")
    #expect(Tensor(shape: expected.shape, trace.probabilities).deviation(from: expected) <= 1e-5)
  }

  @Test("an index is no score, and the scores before it can be asked for")
  func argmax() throws {
    let error = #expect(throws: DiagnosticList.self) { try network("argmax-output") }
    #expect(error?.all.first?.hint?.hasPrefix("Set `output: lg` in the model card") == true)
    #expect(try network("argmax-output", output: "lg").classCount == 5)
  }

  @Test("a mixer's default layer is what is averaged at the end")
  func mixer() throws {
    let network = try network("mixer-default-layer")
    let layer = try #require(network.defaultLayer?.layer)
    #expect(layer.tensor == "/n/LayerNormalization_output_0")
  }

  @Test("a part of the input, and a mirrored one")
  func views() throws {
    let crop = try #require(try network("crop-in-the-graph").defaultLayer?.layer)
    #expect(crop.view.vertical == FieldOfView.Span(start: 0.25, end: 0.75))
    #expect(crop.view.horizontal == FieldOfView.Span(start: 0.25, end: 0.75))
    let flips = try network("flip-averaged-in-the-graph")
    #expect(try flips.layer(named: "r2f").view.remark(of: "r2f")?.contains("mirrored picture") == true)
    #expect(try flips.layer(named: "r2").view.isWhole)
  }

  /// max(Σ mean(gradient of a map) · map, 0) of [1, C, H, W].
  private static func gradCAM(_ activation: Tensor, _ gradient: Tensor) -> [Float] {
    let (channels, area) = (activation.shape[1], activation.shape[2] * activation.shape[3])
    var sums = [Double](repeating: 0, count: area)
    for channel in 0..<channels {
      let cells = (channel * area)..<((channel + 1) * area)
      let weight = cells.reduce(0.0) { $0 + Double(gradient.values[$1]) } / Double(area)
      for (index, cell) in cells.enumerated() { sums[index] += weight * Double(activation.values[cell]) }
    }
    return sums.map { Float(max($0, 0)) }
  }
}
