import Imaging
import NeuralNetwork
@testable import Saliency
import TestSupport
import Testing

/// Methods of one run against PyTorch, on all families: `networks/*/methods` of the reference data.
@Suite("Methods agree with PyTorch", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct MethodParityTests {
  private static let maps: [Saliency.Method] = [
    .signedSum, .hiResCAM, .gradCAMPlusPlus, .xGradCAM, .layerCAM, .eigenCAM,
  ]

  @Test("within 1e-4 of the largest value", arguments: ReferenceMapTests.names)
  func family(name: String) throws {
    let reference = try ReferenceNetwork(name)
    guard reference.has("methods/input-x-gradient") else { return }
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let layer = try network.layer(named: reference.layers[0].tensor)
    let explainer = try Explainer(network, input: reference.tensor("input"), layers: [layer])
    let methods = Self.maps + [.inputTimesGradient]
    let explanation = try #require(
      try explainer.explain([reference.target], layers: [layer], methods: methods).first)
    for method in Self.maps where reference.has("methods/\(method.id)") {
      let map = try explanation.map(method, at: layer)
      #expect(deviation(map, from: try reference.tensor("methods/\(method.id)")) <= 1e-4, "\(method.id)")
    }
    let product = try explanation.tensor(.inputTimesGradient)
    #expect(deviation(product.values, from: try reference.tensor("methods/input-x-gradient").values) <= 1e-4)
  }

  @Test("every family with references has them for each method")
  func complete() throws {
    let counted = try ReferenceMapTests.names.filter { name in
      let reference = try ReferenceNetwork(name)
      return (Self.maps + [.inputTimesGradient]).allSatisfy { reference.has("methods/\($0.id)") }
    }
    #expect(counted.count >= 10)
  }
}

@Suite("The first principal component")
struct PrincipalComponentTests {
  @Test("maps that are one pattern, more or less of it, give that pattern")
  func onePattern() throws {
    // Of 2 × 2 cells: (−3, −1, 1, 3) in three strengths, with means of their own.
    let pattern: [Float] = [-3, -1, 1, 3]
    let values = [Float(2), -1, 0.5].flatMap { strength in pattern.map { $0 * strength + 7 * strength } }
    let projection = PrincipalComponent(of: Tensor(shape: [1, 3, 2, 2], values)).projection
    // The sum of the maps goes along with the pattern: 2 − 1 + 0.5 is above zero. Length: √(4 + 1 + 0.25).
    let expected = pattern.map { Double($0) * 5.25.squareRoot() }
    for (found, wanted) in zip(projection, expected) { #expect(abs(found - wanted) < 1e-9) }
  }

  @Test("maps that are even have none")
  func even() {
    #expect(PrincipalComponent(of: Tensor(shape: [1, 2, 1, 2], [3, 3, 4, 4])).projection == [0, 0])
  }
}
