import Imaging
import NeuralNetwork
@testable import Saliency
import TestSupport
import Testing

/// Methods that ask about other pictures than the one explained, and deconvolution, against PyTorch, pytorch-grad-cam and Captum.
@Suite("Methods of many pictures agree with PyTorch", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct PictureMethodTests {
  private static let families = ReferenceMapTests.names.filter {
    (try? ReferenceNetwork($0))?.has("methods/score-cam") == true
  }

  private struct Case {
    let reference: ReferenceNetwork
    let network: Network
    let layer: Layer

    init(_ name: String) throws {
      reference = try ReferenceNetwork(name)
      network = try Network(contentsOfFile: reference.file("model.onnx"))
      layer = try network.layer(named: reference.layers[0].tensor)
    }

    func explanation(_ methods: [Saliency.Method]) throws -> Explanation {
      let explainer = try Explainer(network, input: reference.tensor("input"), layers: [layer])
      return try #require(try explainer.explain([reference.target], layers: [layer], methods: methods).first)
    }
  }

  @Test("all families have references")
  func complete() { #expect(Self.families.count >= 10) }

  @Test("deconvolution within 2e-3 of the largest value", arguments: families)
  func deconvolution(name: String) throws {
    let family = try Case(name)
    let found = try family.explanation([.deconvolution]).tensor(.deconvolution)
    #expect(found.deviation(from: try family.reference.tensor("methods/deconvnet")) <= 2e-3)
  }

  /// On the way from 0 some rectifiers come within rounding of zero, so that PyTorch's own gradients in double differ from those of
  /// the reference by up to 1.2e-2 of the largest value, in parts of the picture.
  @Test("integrated gradients within 1e-3 of the largest value, but for a few pixels", arguments: families)
  func integratedGradients(name: String) throws {
    let family = try Case(name)
    let found = try family.explanation([.integratedGradients]).tensor(.integratedGradients)
    let expected = try family.reference.tensor("methods/integrated-gradients")
    #expect(found.deviation(from: expected) <= 4e-3)
    let limit = 1e-3 * (expected.values.map(abs).max() ?? 0)
    let far = zip(found.values, expected.values).count { !(abs($0 - $1) <= limit) }
    #expect(Double(far) / Double(expected.values.count) <= 3e-3)
  }

  @Test("Score-CAM and occlusion within 2e-3 of the largest value", arguments: families)
  func maps(name: String) throws {
    let family = try Case(name)
    let explanation = try family.explanation([.scoreCAM, .occlusion])
    for method in [Saliency.Method.scoreCAM, .occlusion] {
      let found = try explanation.map(method, at: family.layer)
      #expect(deviation(found, from: try family.reference.tensor("methods/\(method.id)")) <= 2e-3, "\(method.id)")
    }
  }

  @Test("the scores of Score-CAM's masks are PyTorch's", arguments: families)
  func scores(name: String) throws {
    let family = try Case(name)
    let input = try family.reference.tensor("input")
    var run = RunValues()
    run.networkInput = input
    run.activationMaps = try family.network.forward(input, keeping: [family.layer]).activation(at: family.layer)
      .maps(family.layer.arrangement)
    guard case .ofPictures(let probe, _) = Saliency.Method.scoreCAM.formula else { return #expect(Bool(false)) }
    let series = try probe.pictures(run)
    let scorer = try family.network.scorer(of: [.class(family.reference.target)])
    let found = try (0..<series.count).map { try scorer.scores(of: series.picture($0))[0] }
    let all = MaskingMaps(try run.activation).places.map { found[$0] }
    #expect(deviation(all, from: try family.reference.tensor("methods/score-cam-scores").values) <= 1e-3)
  }

  @Test("SmoothGrad of four noises that are given is PyTorch's mean gradient")
  func smoothGradient() throws {
    let family = try Case("all-convolutional")
    let noise = try family.reference.tensor("methods/smooth-grad-noise")
    let size = noise.values.count / 4
    let method = Saliency.Method.smoothGradient(samples: 4, settings: "") { _, sample in
      Array(noise.values[sample * size..<(sample + 1) * size])
    }
    let found = try family.explanation([method]).tensor(method)
    #expect(found.deviation(from: try family.reference.tensor("methods/smooth-grad")) <= 1e-3)
  }

  @Test("attention rollout and relevance are PyTorch's, within 1e-3 of the largest value")
  func attention() throws {
    let family = try Case("vit")
    #expect(family.network.attentionBlocks.map(\.weights.shape) == [[1, 2, 50, 50], [1, 2, 50, 50]])
    let explanation = try family.explanation([.attentionRollout, .attentionRelevance])
    for method in [Saliency.Method.attentionRollout, .attentionRelevance] {
      let found = try explanation.map(method)
      #expect(deviation(found, from: try family.reference.tensor(method.id)) <= 1e-3, "\(method.id)")
    }
  }

  @Test("a network without attention between all tokens says so", arguments: ["swin", "resnet-basic"])
  func noAttention(name: String) throws {
    let fault = #expect(throws: Diagnostic.self) { _ = try Case(name).explanation([.attentionRollout]) }
    #expect(try #require(fault).summary.hasPrefix("the network has no layer in which all tokens"))
  }

  @Test("classes that are explained together get what each gets alone, and progress tells of each picture once")
  func together() throws {
    let family = try Case("squeezenet")
    var seen: [String: Int] = [:]
    let explainer = try Explainer(
      family.network, input: family.reference.tensor("input"), layers: [family.layer]
    ) { seen[$0.subject, default: 0] += 1 }
    let methods: [Saliency.Method] = [.occlusion, .scoreCAM, .smoothGradient]
    let both = try explainer.explain([0, 3], layers: [family.layer], methods: methods)
    #expect(seen.count == 3 && seen["Occlusion"] == 169 && seen["SmoothGrad"] == 25)
    for explanation in both {
      let alone = try #require(
        explainer.explain([explanation.classIndex], layers: [family.layer], methods: methods).first)
      for method in [Saliency.Method.occlusion, .scoreCAM] {
        #expect(try explanation.map(method, at: family.layer) == alone.map(method, at: family.layer))
      }
      #expect(
        try deviation(
          explanation.tensor(.smoothGradient).values, from: alone.tensor(.smoothGradient).values) <= 1e-5)
    }
    #expect(try both[0].map(.occlusion) != both[1].map(.occlusion))
  }
}

@Suite("Pictures that methods ask about")
struct ProbeTests {
  @Test("windows lie 8 pixels apart, and what reaches beyond the edge is cut off")
  func windows() throws {
    #expect(OcclusionWindows([1, 3, 112, 112]).all.count == 169)
    let windows = OcclusionWindows([1, 1, 10, 27])
    #expect(
      windows.all == [
        Rect(x: 0, y: 0, width: 16, height: 10), Rect(x: 8, y: 0, width: 16, height: 10),
        Rect(x: 16, y: 0, width: 11, height: 10),
      ])
    let means = try windows.means(of: [1, 3, 8])
    #expect(
      means.values.prefix(27)
        == [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 5.5, 5.5, 5.5, 5.5, 5.5, 5.5, 5.5, 5.5, 8, 8, 8][...])
  }

  @Test("maps that make one mask are asked about once: those that are even, and those that are alike")
  func masks() {
    let maps = MaskingMaps(Tensor(shape: [1, 5, 1, 2], [0, 0, 1, 2, 3, 3, 1, 2, 2, 1]))
    #expect(maps.distinct == [0, 1, 4])
    #expect(maps.places == [0, 1, 0, 1, 2])
  }
}
