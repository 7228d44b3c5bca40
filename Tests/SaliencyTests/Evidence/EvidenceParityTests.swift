import Foundation
import Imaging
import NeuralNetwork
@testable import Saliency
import TestSupport
import Testing

/// Evidence against PyTorch, SciPy and scikit-image: `imagenet/reference/cat-dog/evidence` of the reference data.
@Suite("Evidence agrees with its definitions", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct EvidenceParityTests {
  private struct Numbers: Decodable {
    let deletion, insertion: [Double]
    let deletionAuc, insertionAuc, probability, maskedProbability, averageDrop: Double
    let increase: Bool
  }

  private struct Pair: Decodable {
    let classes: [Int]
    let spearman, ssim: Double
  }

  private static let folder = "imagenet/reference/cat-dog/"

  private static func tensor(_ file: String) throws -> Tensor {
    try Tensor(contentsOfNPYFile: ReferenceData.url(folder + file).path)
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, _ key: String) throws -> Value {
    let data = try Data(contentsOf: ReferenceData.url(folder + "evidence/evidence.json"))
    let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: JSONSerialization.data(withJSONObject: try #require(all[key])))
  }

  private static func map(_ classIndex: Int) throws -> Heatmap {
    let tensor = try tensor("class-\(classIndex)/fire9_concat-gradcam-upsampled.npy")
    return try Heatmap(width: 227, height: 227, values: tensor.values)
  }

  @Test("the picture in which insertion begins is RISE's")
  func blur() throws {
    let found = try Self.tensor("input.npy").blurred()
    #expect(found.deviation(from: try Self.tensor("evidence/blurred.npy")) <= 1e-5)
  }

  @Test("deletion, insertion, average drop and increase of Grad-CAM at fire9/concat")
  func faithfulness() throws {
    let path = ReferenceData.url("imagenet/content/models/squeezenet/model.onnx").path
    let network = try Network(contentsOfFile: path, inputShape: [1, 3, 227, 227])
    let input = try Self.tensor("input.npy")
    let layer = try network.layer(named: "fire9/concat")
    let explainer = try Explainer(network, input: input, layers: [layer])
    let classes = [282, 242, 243]
    let meter = FaithfulnessMeter(network, input: input, step: 908)
    for explanation in try explainer.explain(classes, layers: [layer], methods: [.gradCAM]) {
      let expected = try Self.decoded(Numbers.self, String(explanation.classIndex))
      let map = try #require(
        try explanation.attribution(.gradCAM, at: layer).pixelMap(over: layer.view, input: input.shape))
      #expect(deviation(map.values, from: try Self.map(explanation.classIndex).values) <= 1e-4)
      let found = try meter.measure(map, of: .class(explanation.classIndex), subject: "")
      #expect(deviation(found.deletion, from: expected.deletion) <= 1e-3)
      #expect(deviation(found.insertion, from: expected.insertion) <= 1e-3)
      for (number, reference) in [
        (found.deletionAuc, expected.deletionAuc), (found.insertionAuc, expected.insertionAuc),
        (found.probability, expected.probability), (found.maskedProbability, expected.maskedProbability),
        (found.averageDrop ?? .nan, expected.averageDrop),
      ] { #expect(deviation([number], from: [reference]) <= 1e-3) }
      #expect(found.increase == expected.increase)
      #expect(found.step == 908)
    }
  }

  @Test("Spearman's ρ and SSIM of the maps of two classes")
  func likeness() throws {
    let pair = try Self.decoded(Pair.self, "pair")
    let likeness = Likeness(try Self.map(pair.classes[0]), try Self.map(pair.classes[1]))
    #expect(deviation([try #require(likeness.spearman)], from: [pair.spearman]) <= 1e-6)
    #expect(deviation([try #require(likeness.ssim)], from: [pair.ssim]) <= 1e-6)
  }
}
