import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Small classifiers with every kind of end and of input against PyTorch; Fixtures/make_classifier_fixtures.py makes
/// them. Whatever the file takes, what goes in and comes out is channels first.
@Suite("Classifiers of every exporter")
struct ClassifierTests {
  struct Answers: Decodable, CustomTestStringConvertible {
    let name: String
    let inputShape: [Int]
    let input: [Float]
    let logits: [Float]
    let scores: ScoreFunction
    let probabilities: [Float]
    /// At the input, for each class.
    let gradients: [[Float]]
    /// The tensor that is averaged over space.
    let layer: String
    let layerShape: [Int]
    let activation: [Float]
    let layerGradients: [[Float]]
    /// Of the linear layer, [classes, maps].
    let weights: [Float]

    var testDescription: String { name }
    var path: String { ClassifierTests.folder.appendingPathComponent(name + ".onnx").path }
  }

  static let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures/classifiers")
    .standardizedFileURL
  static let all: [Answers] =
    (try? JSONDecoder().decode(
      [Answers].self, from: Data(contentsOf: folder.appendingPathComponent("answers.json")))) ?? []

  @Test("there are cases") func isNotEmpty() { #expect(Self.all.count == 17) }

  @Test("logits, probabilities, gradients and the layer that is averaged", arguments: all)
  func classifier(answers: Answers) throws {
    let network = try Network(contentsOfFile: answers.path, inputShape: answers.inputShape)
    #expect(network.inputShape == answers.inputShape)
    #expect(network.classCount == answers.logits.count)
    #expect(network.scores == answers.scores)
    #expect(network.takesChannelsLast == answers.name.hasPrefix("tf-"))
    let layer = try #require(network.defaultLayer?.layer)
    #expect(layer.tensor == answers.layer)

    let trace = try network.forward(Tensor(shape: answers.inputShape, answers.input), keeping: [layer])
    #expect(deviation(trace.logits, from: answers.logits) <= 1e-5)
    #expect(deviation(trace.probabilities, from: answers.probabilities) <= 1e-5)
    #expect(deviation(maps(try trace.activation(at: layer), layer), from: answers.activation) <= 1e-5)
    let classes = answers.logits.indices
    let gradients = try trace.gradients(classes.map { GradientRequest(classIndex: $0, toInput: true, layers: [layer]) })
    for index in classes {
      let input = try #require(gradients[index].input)
      #expect(input.shape == answers.inputShape)
      #expect(deviation(input.values, from: answers.gradients[index]) <= 1e-5)
      let atLayer = try #require(gradients[index].layers[layer])
      #expect(deviation(maps(atLayer, layer), from: answers.layerGradients[index]) <= 1e-5)
    }
    let head = try #require(network.classActivationHead)
    #expect(head.weights.shape == [answers.logits.count, answers.layerShape[1]])
    #expect(deviation(head.weights.values, from: answers.weights) <= 1e-6)
    #expect(head.layer.arrangement.mapShape(of: head.layer.shape) == Array(answers.layerShape.dropFirst()))
  }

  @Test("the guided gradient of class 0 of a single score follows the negative score back")
  func guidedOpposite() throws {
    let answers = try #require(Self.all.first { $0.name == "binary" })
    let trace = try Network(contentsOfFile: answers.path).forward(Tensor(shape: answers.inputShape, answers.input))
    let gradients = try trace.gradients(
      [0, 1].map { GradientRequest(classIndex: $0, rule: .guided, toInput: true) })
    let (no, yes) = (try #require(gradients[0].input), try #require(gradients[1].input))
    // What passes the rectifiers for one class is held back for the other, so that the two make up the plain gradient.
    let difference = zip(yes.values, no.values).map { $0 - $1 }
    #expect(deviation(difference, from: answers.gradients[1]) <= 1e-5)
    #expect((0.01...10).contains(deviation(no.values, from: answers.gradients[0])))
  }

  @Test("an output is chosen by its name, and a name that there is not is told with those that there are")
  func outputs() throws {
    let answers = try #require(Self.all.first { $0.name == "two-outputs" })
    let network = try Network(contentsOfFile: answers.path, output: "scores")
    #expect(network.outputName == "scores")
    #expect(network.outputNames == ["features", "scores"])
    #expect(
      message { try Network(contentsOfFile: answers.path, output: "score") }
        == "\(answers.path): error: the model has no output “score”; it has “features”, “scores”. "
        + "Did you mean “scores”?")
    #expect(
      message { try Network(contentsOfFile: answers.path, output: "features") }
        == "\(answers.path): error: the output “features” has shape 1×4×6×5, which is not one score for each class. "
        + "sitegen explains image classifiers.")
  }

  @Test("a size that the file leaves open comes from the card, in either order of axes")
  func openSize() throws {
    let answers = try #require(Self.all.first { $0.name == "tf-preprocessing-inside" })
    #expect(try Network(contentsOfFile: answers.path, inputShape: [1, 3, 9, 7]).inputShape == [1, 3, 9, 7])
    #expect(
      message { try Network(contentsOfFile: answers.path) }
        == "\(answers.path): error: the model leaves the size of its input open (N×H×W×3). "
        + "Give `size` in the model card, or explain a .npy tensor.")
    #expect(
      message { try Network(contentsOfFile: answers.path, inputShape: [1, 1, 9, 7]) }
        == "\(answers.path): error: the model takes N×H×W×3, but 1×9×7×1 was asked for. "
        + "Check `channels` in the model card.")
    let fixed = try #require(Self.all.first { $0.name == "tf-binary" })
    #expect(
      message { try Network(contentsOfFile: fixed.path, inputShape: [1, 3, 9, 7]) }
        == "\(fixed.path): error: the model takes N×6×5×3, but 1×9×7×3 was asked for. "
        + "Set `size: [5, 6]` in the model card.")
  }

  private func message(_ work: () throws -> Network) -> String {
    do {
      _ = try work()
      return ""
    } catch {
      return "\(error)"
    }
  }

  /// The elements in the order of [1, C, H, W].
  private func maps(_ tensor: Tensor, _ layer: Layer) -> [Float] {
    guard layer.arrangement == .channelsLast else { return tensor.values }
    let shape = layer.arrangement.mapShape(of: tensor.shape)
    let cells = shape[1] * shape[2]
    return (0..<shape[0]).flatMap { channel in (0..<cells).map { tensor.values[$0 * shape[0] + channel] } }
  }
}
