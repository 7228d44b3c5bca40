import Foundation
import Imaging
import NeuralNetwork
@testable import Saliency
import TestSupport
import Testing

@Suite("Evidence")
struct EvidenceTests {
  /// y = (Σ of the left half, Σ of the right half, what speaks against both) of a picture of 8 × 8 pixels, by way of a layer that
  /// doubles each pixel.
  private static let model: ONNXBuilder = {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 8, 8])
    model.constant("w", [2, 1, 1, 1], [2, 0.5])
    let rows: [[Float]] = (0..<128).map { place in
      guard place < 64 else { return [0, 0, 0] }
      return place % 8 < 4 ? [0.5, 0, -0.5] : [0, 0.5, -1]
    }
    model.constant("v", [128, 3], rows.flatMap { $0 })
    model.node("Conv", ["x", "w"], ["c"])
    model.node("Relu", ["c"], ["maps"])
    model.node("Flatten", ["maps"], ["flat"])
    model.node("MatMul", ["flat", "v"], ["y"])
    model.output("y")
    return model
  }()

  private static let picture = Tensor(shape: [1, 1, 8, 8], (0..<64).map { $0 % 8 < 4 ? 0.25 : 0.125 })

  @Test("taking away the half that a class rests on lowers its probability at once; the other half does not")
  func curves() throws {
    let network = try Self.model.withFile { try Network(contentsOfFile: $0) }
    let left = try Heatmap(width: 8, height: 8, values: (0..<64).map { $0 % 8 < 4 ? 1 : 0 })
    let meter = FaithfulnessMeter(network, input: Self.picture, step: 32)
    let first = try meter.measure(left, of: .class(0), subject: "")
    let second = try meter.measure(left, of: .class(1), subject: "")
    // 32 · 0.25 = 8 is the left half, 32 · 0.125 = 4 the right one.
    func probabilities(_ scores: [Float]) -> [Double] { network.probabilities(of: scores).map(Double.init) }
    let (whole, without) = (probabilities([8, 4, -16]), probabilities([0, 4, -8]))
    #expect(deviation(first.deletion, from: [whole[0], without[0], 1.0 / 3]) < 1e-5)
    #expect(deviation(second.deletion, from: [whole[1], without[1], 1.0 / 3]) < 1e-5)
    #expect(first.increase == true && first.averageDrop == 0)
    #expect(second.increase == false && try #require(second.averageDrop) > 0.9)
    #expect(deviation([first.insertion[2]], from: [whole[0]]) < 1e-5)
    #expect(first.deletionAuc == RankedPixels.area(under: first.deletion))
    #expect(RankedPixels.area(under: [1, 0.5, 0]) == 0.5)
  }

  @Test("of a target that is no class the curve is its value, and there is no drop")
  func target() throws {
    let network = try Self.model.withFile { try Network(contentsOfFile: $0, outputs: ["y"]) }
    let even = try Heatmap(width: 8, height: 8, values: [Float](repeating: 1, count: 64))
    let found = try FaithfulnessMeter(network, input: Self.picture, step: 64).measure(
      even, of: .element(of: "y", at: [1]), subject: "")
    #expect(deviation(found.deletion, from: [4, 1e-30]) < 1e-5)
    #expect(found.averageDrop == nil && found.increase == nil)
  }

  @Test("weights are lost from the last layer on, with their mean and deviation, the same each time")
  func randomization() throws {
    let file = try TemporaryFolder()
    try Data(Self.model.bytes).write(to: file.url.appendingPathComponent("m.onnx"))
    var seen: [[String: Tensor]] = []
    let randomization = try WeightRandomization { weights in
      seen.append([:])
      return try Network(contentsOfFile: file.path("m.onnx")) { name, tensor in
        let replaced = try weights(name, tensor)
        seen[seen.count - 1][name] = replaced
        return replaced
      }
    }
    #expect(randomization.depths.map(\.weights) == ["v", "w"])
    for depth in randomization.depths { _ = try randomization.network(at: depth) }
    #expect(seen.count == 3)
    #expect(seen[1]["w"] == seen[0]["w"] && seen[1]["v"] != seen[0]["v"])
    #expect(seen[2]["w"] != seen[0]["w"] && seen[2]["v"] == seen[1]["v"])
    let (own, lost) = (try #require(seen[0]["v"]).values, try #require(seen[1]["v"]).values)
    func moments(_ values: [Float]) -> (mean: Double, deviation: Double) {
      let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
      return (
        mean,
        (values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)).squareRoot()
      )
    }
    #expect(abs(moments(own).mean - moments(lost).mean) < 0.05)
    #expect(abs(moments(own).deviation - moments(lost).deviation) < 0.03)
  }

  @Test("a session measures each map of each target, and says how far it has come")
  func session() throws {
    let file = try TemporaryFolder()
    try Data(Self.model.bytes).write(to: file.url.appendingPathComponent("m.onnx"))
    let network = try Network(contentsOfFile: file.path("m.onnx"))
    let layer = try network.layer(named: "maps")
    let explainer = try Explainer(network, input: Self.picture, layers: [layer])
    let methods: [Saliency.Method] = [.gradCAM, .gradient, .counterfactual]
    let targets = [Target.class(0), .class(1)]
    let found = try explainer.explain(targets, layers: [layer], methods: methods).map(\.attributions)
    var subjects: Set<String> = []
    let session = EvidenceSession(
      network, input: Self.picture, subjects: methods.map { .init($0, at: layer, over: layer.view) }, step: 16
    ) { subjects.insert($0.subject) }
    let evidence = try session.evidence(of: targets, found, leastLikely: 2) { weights in
      try Network(contentsOfFile: file.path("m.onnx"), weights: weights)
    }
    // Nothing speaks against either class, so that there is no counterfactual to measure.
    for found in evidence { #expect(found.map { $0?.method } == ["grad-cam", "gradient", nil]) }
    #expect(evidence[0].map { $0?.layer } == [layer.name, nil, nil])
    let first = try #require(evidence[0][0])
    #expect(first.randomization.map(\.depth) == [1, 2])
    #expect(first.classSensitivity?.class == 2)
    #expect(evidence[0][1]?.classSensitivity?.spearman != nil)
    #expect(subjects.contains("Randomization"))
    let again = try session.evidence(of: targets, found, leastLikely: 2) { weights in
      try Network(contentsOfFile: file.path("m.onnx"), weights: weights)
    }
    #expect(again == evidence)
  }

  @Test("equal numbers share a rank, and what has no order has no correlation")
  func ranks() throws {
    #expect(RankCorrelation.spearman([1, 2, 3], [10, 20, 30]) == 1)
    #expect(RankCorrelation.spearman([1, 2, 3], [3, 2, 1]) == -1)
    // By hand: ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: 4.5 / √(4.5 · 5).
    let found = try #require(RankCorrelation.spearman([1, 2, 2, 5], [1, 2, 3, 4]))
    #expect(abs(found - 4.5 / (4.5 * 5).squareRoot()) < 1e-12)
    #expect(RankCorrelation.spearman([1, 1], [1, 2]) == nil)
  }

  @Test("a map is like itself, and no window fits a smaller map")
  func similarity() throws {
    let map = try Heatmap(width: 9, height: 8, values: noise(72, seed: 3).map { ($0 + 1) / 2 })
    #expect(abs(try #require(StructuralSimilarity.ssim(map, map)) - 1) < 1e-12)
    let small = try Heatmap(width: 6, height: 8, values: noise(48, seed: 3))
    #expect(StructuralSimilarity.ssim(small, small) == nil)
  }
}
