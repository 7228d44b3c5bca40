import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Networks of kinds that once were refused, against PyTorch: `cases/NAME` of the reference data.
@Suite("Networks of every kind that exporters write")
struct ImportedNetworkTests {
  private static let isPresent = FileManager.default.fileExists(atPath: ReferenceData.url("cases").path)

  @Test(
    "scores, gradients, guided gradients and Grad-CAM of class 0",
    .enabled(if: isPresent, "\(ReferenceData.absence)"),
    arguments: [
      "standardised-weights", "if-with-a-known-condition", "local-functions", "onnxruntime-optimised",
      "string-label-output", "unsorted-nodes", "weight-only-int8",
    ])
  func agrees(name: String) throws {
    func tensor(_ file: String) throws -> Tensor {
      try Tensor(contentsOfNPYFile: ReferenceData.url("cases/\(name)/\(file).npy").path)
    }
    let network = try Network(contentsOfFile: ReferenceData.url("cases/\(name)/model.onnx").path)
    let layer = try #require(network.defaultLayer?.layer)
    let trace = try network.forward(tensor("input"), keeping: [layer])
    let logits = try tensor("expected_logits")
    #expect(Tensor(shape: logits.shape, trace.logits).deviation(from: logits) <= 1e-4)
    let gradients = try trace.gradients([
      GradientRequest(classIndex: 0, rule: .standard, toInput: true, layers: [layer]),
      GradientRequest(classIndex: 0, rule: .guided, toInput: true),
    ])
    #expect(try #require(gradients[0].input).deviation(from: tensor("expected_gradient_0")) <= 1e-4)
    #expect(try #require(gradients[1].input).deviation(from: tensor("expected_guided_0")) <= 1e-3)
    let map = try Self.gradCAM(trace.activation(at: layer), #require(gradients[0].layers[layer]))
    let expected = try tensor("expected_gradcam_raw_0")
    #expect(Tensor(shape: expected.shape, map).deviation(from: expected) <= 1e-4)
  }

  /// ReLU(Σ_k mean(∂y/∂A_k) A_k) of tensors [1, C, H, W].
  private static func gradCAM(_ maps: Tensor, _ gradients: Tensor) -> [Float] {
    let area = maps.shape[2] * maps.shape[3]
    var sum = [Float](repeating: 0, count: area)
    for channel in 0..<maps.shape[1] {
      let cells = (channel * area)..<((channel + 1) * area)
      let weight = gradients.values[cells].reduce(0, +) / Float(area)
      for (index, cell) in cells.enumerated() { sum[index] += weight * maps.values[cell] }
    }
    return sum.map { max($0, 0) }
  }

  @Test(
    "statistics for each place of a map are named as what is not supported",
    .enabled(if: isPresent, "\(ReferenceData.absence)"))
  func spatial() {
    let path = ReferenceData.url("cases/bn-spatial-0/model.onnx").path
    #expect(
      ImportFaultTests.message(path)
        == "\(path): error: node “bn1” (BatchNormalization) has spatial = 0, statistics for each place of a map rather than "
        + "for each channel, which is not supported. Its parameters are one for each channel, as with spatial = 1: set that "
        + "in the file if its exporter erred, as MXNet’s did.")
  }
}
