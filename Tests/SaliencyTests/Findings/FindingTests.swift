import Foundation
import NeuralNetwork
import Saliency
import TestSupport
import Testing

/// Why a map is blank or doubtful, by the numbers of real runs.
@Suite("Findings")
struct FindingTests {
  private let input = Tensor(shape: [1, 3, 4, 4], (0..<48).map { Float($0 % 5) / 4 })

  /// x → Conv → Relu “r” → mean → a matrix [2, classes] → logits.
  private func explain(
    _ matrix: [Float], _ classes: [Int], _ methods: [Saliency.Method], scale: Float = 1
  ) throws -> (explanations: [Explanation], layer: Layer) {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 4, 4])
    model.constant("w", [2, 3, 1, 1], [1, 0.5, 0.25, -1, 0.25, 1])
    model.node("Conv", ["x", "w"], ["c"])
    model.node("Relu", ["c"], ["r"])
    model.node("ReduceMean", ["r"], ["means"], ["axes": [2, 3], "keepdims": 0])
    model.constant("m", [2, matrix.count / 2], matrix.map { $0 * scale })
    model.node("MatMul", ["means", "m"], ["logits"])
    model.output("logits")
    return try model.withFile { path in
      let network = try Network(contentsOfFile: path)
      let layer = try network.layer(named: "r")
      let explainer = try Explainer(network, input: input, layers: [layer])
      return (try explainer.explain(classes, layers: [layer], methods: methods), layer)
    }
  }

  @Test("a blank map of which every contribution is negative says so, with the ends of the range")
  func allAgainst() throws {
    let methods: [Saliency.Method] = [.gradCAM, .guidedGradCAM, .localization, .counterfactual, .hiResCAM]
    let (found, layer) = try explain([-1, 1, -2, 1], [0, 1], methods)
    let sum = try found[0].map(.signedSum, at: layer).values
    let (lowest, highest) = (try #require(sum.min()), try #require(sum.max()))
    #expect(lowest < 0 && highest <= 0)
    for method in [Saliency.Method.gradCAM, .guidedGradCAM, .localization] {
      #expect(
        found[0].attributions.nothing(method, at: layer)
          == .allAgainst(layer: "node_r", lowest: lowest, highest: highest))
    }
    // Of what is cut cell by cell the sum tells nothing.
    #expect(found[0].attributions.nothing(.hiResCAM, at: layer) == .nothing(method: "hires-cam", layer: "node_r"))
    // For the other class everything speaks, so nothing speaks against it.
    #expect(
      found[1].attributions.nothing(.counterfactual, at: layer)
        == .nothing(method: "counterfactual", layer: "node_r"))
  }

  @Test("a probability of 1 is told with the lead of its score")
  func saturation() throws {
    func scores(_ logits: [Float]) -> Scores {
      let sum = logits.reduce(Float(0)) { $0 + exp($1) }
      return Scores(logits: logits, probabilities: logits.map { exp($0) / sum })
    }
    let certain = scores([20, -5, -5])
    #expect(certain.probabilities[0] == 1)
    guard case .saturated(let lead?)? = Finding.saturation(of: 0, certain, .softmax) else {
      Issue.record("nothing was found")
      return
    }
    #expect(abs(lead - (25 - log(Float(2)))) < 1e-4)
    #expect(Finding.saturation(of: 1, certain, .softmax) == nil)
    #expect(Finding.saturation(of: 0, scores([10, 0, 0]), .softmax) == nil)
    let probabilities = Scores(logits: [1, 0], probabilities: [1, 0])
    #expect(Finding.saturation(of: 0, probabilities, .probability) == .saturated(lead: nil))
    #expect(Finding.saturated(lead: nil).text.contains("`output:`"))
  }

  @Test("equal maps of several classes are found, and different ones are not")
  func sameness() throws {
    let methods: [Saliency.Method] = [.gradCAM, .gradient, .eigenCAM]
    let (equal, layer) = try explain([1, 2, 0.5, 1], [0, 1], methods)
    let attributions = equal.map(\.attributions)
    guard
      case .sameForAll("grad-cam", "node_r", 2, let difference)? = try Finding.sameness(
        of: .gradCAM, at: layer, attributions)
    else {
      Issue.record("the maps are equal, and that was not found")
      return
    }
    #expect(difference < 1e-6)
    #expect(try Finding.sameness(of: .gradient, at: nil, attributions) != nil)
    #expect(try Finding.sameness(of: .eigenCAM, at: layer, attributions) == nil)
    #expect(try Finding.sameness(of: .gradCAM, at: layer, Array(attributions.prefix(1))) == nil)
    let (different, _) = try explain([1, -2, 0.5, 1], [0, 1], methods)
    #expect(try Finding.sameness(of: .gradCAM, at: layer, different.map(\.attributions)) == nil)
  }
}
