import Imaging
import NeuralNetwork
@testable import Saliency
import TestSupport
import Testing
import Vocabulary

/// Maps by the conventions of libraries against what the libraries themselves return: `networks/*/libraries`.
@Suite("Profiles agree with their libraries", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct ProfileTests {
  private static let families = ReferenceMapTests.names.filter {
    (try? ReferenceNetwork($0))?.has("libraries/pytorch-grad-cam") == true
  }

  private func explanation(
    _ name: String, _ methods: [Saliency.Method]
  ) throws -> (ReferenceNetwork, Layer, Explanation) {
    let reference = try ReferenceNetwork(name)
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let layer = try network.layer(named: reference.layers[0].tensor)
    let explainer = try Explainer(network, input: reference.tensor("input"), layers: [layer])
    let found = try explainer.explain([reference.target], layers: [layer], methods: methods)
    return (reference, layer, try #require(found.first))
  }

  @Test("there are three of each")
  func complete() { #expect(Self.families.count == 3) }

  @Test("pytorch-grad-cam's GradCAM, of the input's size", arguments: families)
  func pytorchGradCAM(name: String) throws {
    let method = Saliency.Method.gradCAM.under(.pytorchGradCAM)
    let (reference, layer, found) = try explanation(name, [method])
    #expect(
      deviation(try found.map(method, at: layer), from: try reference.tensor("libraries/pytorch-grad-cam")) <= 1e-4)
  }

  @Test("Captum's LayerGradCam and GuidedGradCam", arguments: families)
  func captum(name: String) throws {
    let methods = [Saliency.Method.gradCAM, .guidedGradCAM].map { $0.under(.captum) }
    let (reference, layer, found) = try explanation(name, methods)
    let map = try found.map(methods[0], at: layer)
    #expect(deviation(map, from: try reference.tensor("libraries/captum-layer-grad-cam")) <= 1e-4)
    guard reference.has("libraries/captum-guided-grad-cam") else { return }
    let product = try found.tensor(methods[1], at: layer)
    #expect(
      deviation(product.values, from: try reference.tensor("libraries/captum-guided-grad-cam").values) <= 1e-3)
  }

  @Test("Score-CAM's masks have other corners, and the result is kept under another key")
  func scoreCAM() throws {
    let library = Saliency.Method.scoreCAM.under(.pytorchGradCAM)
    #expect(library != .scoreCAM && library.computed[0].key != Saliency.Method.scoreCAM.key)
    let (_, layer, found) = try explanation("squeezenet", [.scoreCAM, library])
    let map = try found.map(library, at: layer)
    #expect((map.width, map.height) == (112, 112))
    #expect(map.values.min() == 0 && abs((map.values.max() ?? 0) - 1) < 1e-5)
    #expect(try found.map(.scoreCAM, at: layer).normalized().upsampled(width: 112, height: 112) != map)
  }

  @Test("what a library has no other convention for stays as it is")
  func same() {
    for method in Saliency.Method.all { #expect(method.under(.paper) == method) }
    #expect(Saliency.Method.gradient.under(.captum) == .gradient)
    #expect(Saliency.Method.occlusion.under(.pytorchGradCAM) == .occlusion)
  }
}
