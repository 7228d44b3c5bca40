import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Activations as PyTorch's exporters spell them out, with PyTorch's own answers: Fixtures/activations.
@Suite("Activations in exported networks")
struct ExportedActivationTests {
  private struct Answers: Decodable {
    let picture: [Float]
    let classIndex: Int
    let rectifiers: Int
    let others: [String: Int]
    let logits: [Float]
    let gradient: [Float]
    let guided: [Float]
  }

  private static let folder =
    URL(fileURLWithPath: #filePath).appendingPathComponent("../../Fixtures/activations").standardizedFileURL

  @Test("are counted by name, and the guided rule reaches the rectifiers alone", arguments: ["torchscript", "dynamo"])
  func exported(name: String) throws {
    let answers = try JSONDecoder().decode(
      Answers.self, from: Data(contentsOf: Self.folder.appendingPathComponent("answers.json")))
    let network = try Network(contentsOfFile: Self.folder.appendingPathComponent("\(name).onnx").path)
    let coverage = network.guidedRuleCoverage
    #expect(coverage.rectifierCount == answers.rectifiers)
    #expect(coverage.others == answers.others)
    #expect(coverage.unknown.isEmpty)
    let trace = try network.forward(Tensor(shape: network.inputShape, answers.picture))
    let gradients = try trace.gradients([
      GradientRequest(classIndex: answers.classIndex, toInput: true),
      GradientRequest(classIndex: answers.classIndex, rule: .guided, toInput: true),
    ])
    try compare(trace.logits, answers.logits)
    try compare(try #require(gradients[0].input).values, answers.gradient)
    try compare(try #require(gradients[1].input).values, answers.guided)
    #expect(answers.gradient != answers.guided)
  }

  private func compare(_ values: [Float], _ reference: [Float]) throws {
    try #require(reference.contains { $0 != 0 })
    let deviation = Tensor(shape: [values.count], values).deviation(from: Tensor(shape: [reference.count], reference))
    #expect(deviation <= 2e-5)
  }
}
