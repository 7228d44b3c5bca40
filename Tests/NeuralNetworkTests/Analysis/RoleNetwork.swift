import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// The small network of Fixtures/roles.json, whose activations and end a test writes in its own spelling: two convolutions of
/// a picture of 2 × 5 × 4, each with an activation, and an end that makes three scores.
struct RoleNetwork {
  struct Answers: Decodable {
    let name: String
    let logits: [Float]
    let gradient: [Float]
    let guided: [Float]
  }

  private struct Fixture: Decodable {
    struct Entry: Decodable {
      let shape: [Int]
      let values: [Float]
    }

    let tensors: [String: Entry]
    let classIndex: Int
    let cases: [Answers]
  }

  /// Writes nodes that compute the tensor `to` from the tensor `from`. Every other name begins with `to`.
  typealias Spelling = @Sendable (_ model: inout ONNXBuilder, _ from: String, _ to: String) -> Void

  private static let fixture = Result {
    let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures/roles.json").standardizedFileURL
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  /// PyTorch's answers for the network of this name.
  static func answers(_ name: String) throws -> Answers {
    try #require(fixture.get().cases.first { $0.name == name })
  }

  /// The model, with a mean over space and a linear layer at its end unless another end is given.
  static func model(opset: Int = 17, _ activation: Spelling, end: Spelling? = nil) throws -> ONNXBuilder {
    let tensors = try fixture.get().tensors
    var model = ONNXBuilder(opset: opset)
    model.input("input", try #require(tensors["picture"]).shape)
    for (name, entry) in tensors.sorted(by: { $0.key < $1.key }) where name != "picture" {
      model.constant(name, entry.shape, entry.values)
    }
    model.node("Conv", ["input", "first", "firstBias"], ["conv1"], ["pads": [1, 1, 1, 1]])
    activation(&model, "conv1", "act1")
    model.node("Conv", ["act1", "second", "secondBias"], ["conv2"], ["pads": [1, 1, 1, 1]])
    activation(&model, "conv2", "act2")
    (end ?? linear)(&model, "act2", "scores")
    model.output("scores")
    return model
  }

  /// A mean over space and a linear layer.
  static let linear: Spelling = { model, from, to in
    model.node("GlobalAveragePool", [from], [to + "_mean"])
    model.node("Flatten", [to + "_mean"], [to + "_flat"])
    model.node("Gemm", [to + "_flat", "matrix", "shift"], [to], ["transB": 1])
  }

  /// Compares scores, plain and guided gradient with PyTorch's.
  static func check(_ model: ONNXBuilder, _ name: String) throws -> GuidedRuleCoverage {
    let answers = try answers(name)
    let network = try model.withFile { try Network(contentsOfFile: $0) }
    let (fixture, picture) = (try fixture.get(), try #require(try fixture.get().tensors["picture"]))
    let trace = try network.forward(Tensor(shape: picture.shape, picture.values))
    let gradients = try trace.gradients([
      GradientRequest(classIndex: fixture.classIndex, toInput: true),
      GradientRequest(classIndex: fixture.classIndex, rule: .guided, toInput: true),
    ])
    try compare(trace.logits, answers.logits, "the scores")
    try compare(try #require(gradients[0].input).values, answers.gradient, "the gradient")
    try compare(try #require(gradients[1].input).values, answers.guided, "the guided gradient")
    return network.guidedRuleCoverage
  }

  private static func compare(_ values: [Float], _ reference: [Float], _ what: Comment) throws {
    try #require(reference.contains { $0 != 0 }, what)
    let deviation = Tensor(shape: [values.count], values).deviation(from: Tensor(shape: [reference.count], reference))
    #expect(deviation <= 2e-5, what)
  }
}
