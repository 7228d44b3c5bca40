import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// Whole networks against PyTorch, each tensor within 1e-4 of the largest reference value (1e-3 for guided gradients,
/// whose masks may flip where an activation is exactly zero).
@Suite("Networks agree with PyTorch", .enabled(if: ReferenceNetwork.isPresent, "\(ReferenceData.absence)"))
struct ReferenceNetworkTests {
  @Test("logits, gradients and maps of every reference layer, of every network of the folder")
  func everyNetwork() throws {
    var tally = CaseTally()
    for reference in try ReferenceNetwork.all() { tally.run(reference.name) { try check(reference) } }
    tally.report()
    #expect(tally.isClean)
  }

  private func check(_ reference: ReferenceNetwork) throws {
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let layers = try reference.layers.map { try network.layer(named: $0.tensor) }
    let trace = try network.forward(reference.tensor("input"), keeping: layers)
    let logits = try reference.tensor("logits")
    func compare(_ found: Tensor?, with file: String, atMost limit: Double = 1e-4) throws {
      guard let found else { throw CaseTally.Deviation(text: "\(file) is missing") }
      try CaseTally.Deviation.check(file, found.deviation(from: reference.tensor(file)), atMost: limit)
    }
    try compare(Tensor(shape: logits.shape, trace.logits), with: "logits")
    let gradients = try trace.gradients([
      GradientRequest(classIndex: reference.target, rule: .guided, toInput: true),
      GradientRequest(classIndex: reference.target, rule: .standard, layers: layers),
      GradientRequest(classIndex: reference.target, rule: .standard, toInput: true),
    ])
    try compare(gradients[2].input, with: "gradient")
    try compare(gradients[0].input, with: "guided", atMost: 1e-3)
    for (index, layer) in layers.enumerated() {
      try compare(trace.activation(at: layer), with: "layer\(index)-activation")
      try compare(gradients[1].layers[layer], with: "layer\(index)-gradient")
    }
  }

  @Test(
    "a batch of classes gives what each class gives alone",
    arguments: ((try? ReferenceNetwork.all()) ?? []).filter { ["squeezenet", "resnet-basic"].contains($0.name) })
  func batch(reference: ReferenceNetwork) throws {
    let network = try Network(contentsOfFile: reference.file("model.onnx"))
    let layer = try network.layer(named: reference.layers[0].tensor)
    let trace = try network.forward(reference.tensor("input"), keeping: [layer])
    let requests = (0..<5).flatMap { index in
      [
        GradientRequest(classIndex: index, rule: .standard, layers: [layer]),
        GradientRequest(classIndex: index, rule: .guided, toInput: true),
      ]
    }
    let together = try trace.gradients(requests)
    for (request, gradients) in zip(requests, together) {
      let alone = try trace.gradients([request])[0]
      if let input = alone.input { #expect(try #require(gradients.input).deviation(from: input) <= 1e-5) }
      if let maps = alone.layers[layer] { #expect(try #require(gradients.layers[layer]).deviation(from: maps) <= 1e-5) }
    }
  }
}
