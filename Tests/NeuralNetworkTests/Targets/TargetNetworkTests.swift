import NeuralNetwork
import TestSupport
import Testing

/// Networks that answer questions, describe, compare and cut out, against PyTorch, each tensor within 1e-4 of the largest
/// reference value (1e-3 for guided gradients).
@Suite(
  "Targets of networks that are no classifiers agree with PyTorch",
  .enabled(if: TargetNetwork.isPresent, "\(ReferenceData.absence)"))
struct TargetNetworkTests {
  @Test("outputs, values, gradients, guided gradients and maps, with the other inputs given when the model is loaded")
  func givenAtLoad() throws {
    try each { reference in
      let inputs = try reference.furtherInputs.mapValues { FurtherInput.tensor($0) }
      let network = try Network(
        contentsOfFile: reference.file("model.onnx"), outputs: reference.outputs, inputs: inputs)
      try check(network, reference, inputs: [:])
    }
  }

  @Test("the same with the other inputs given to each run")
  func givenToRun() throws {
    try each { reference in
      let inputs = try reference.furtherInputs
      let network = try Network(
        contentsOfFile: reference.file("model.onnx"), outputs: reference.outputs,
        inputs: inputs.mapValues { .shape($0.shape) })
      #expect(network.furtherInputs == inputs.mapValues(\.shape))
      try check(network, reference, inputs: inputs)
    }
  }

  @Test("a scorer gives a target's value for each of many pictures")
  func scores() throws {
    try each { reference in
      let inputs = try reference.furtherInputs
      let network = try Network(
        contentsOfFile: reference.file("model.onnx"), outputs: reference.outputs,
        inputs: inputs.mapValues { .shape($0.shape) })
      let targets = try reference.targets.map { try $0.target(in: reference) }
      let picture = try reference.picture
      let pictures = [1, 0.5, 0.25].map { factor in
        Tensor(shape: picture.shape, picture.values.map { $0 * factor })
      }
      let scores = try network.scorer(of: targets, inputs: inputs).scores(of: pictures)
      try #require(scores.count == pictures.count)
      for (picture, found) in zip(pictures, scores) {
        let trace = try network.forward(picture, inputs: inputs)
        try CaseTally.Deviation.check(
          "the scores", deviation(found, from: targets.map { try trace.value(of: $0) }), atMost: 1e-6)
      }
    }
  }

  private func each(_ body: (TargetNetwork) throws -> Void) throws {
    var tally = CaseTally()
    for reference in try TargetNetwork.all() { tally.run(reference.name) { try body(reference) } }
    tally.report()
    #expect(tally.isClean)
  }

  private func check(_ network: Network, _ reference: TargetNetwork, inputs: [String: Tensor]) throws {
    func compare(_ found: Tensor?, with file: String, atMost limit: Double = 1e-4) throws {
      guard let found else { throw CaseTally.Deviation(text: "\(file) is missing") }
      try CaseTally.Deviation.check(file, found.deviation(from: reference.tensor(file)), atMost: limit)
    }
    let layers = try reference.targets.map { try network.tensor(named: $0.layer) }
    let trace = try network.forward(reference.picture, inputs: inputs, keeping: layers)
    for output in reference.outputs { try compare(trace.tensor(named: output), with: output) }
    let targets = try reference.targets.map { try $0.target(in: reference) }
    let requests =
      zip(targets, layers).map { GradientRequest($0, toInput: true, at: [$1]) }
      + targets.map { GradientRequest($0, rule: .guided, toInput: true) }
    let gradients = try trace.gradients(requests)
    for (index, answer) in reference.targets.enumerated() {
      let value = try trace.value(of: targets[index])
      guard agrees(value, with: answer.value, relative: 1e-4, absolute: 1e-5) else {
        throw CaseTally.Deviation(text: "\(targets[index]) is \(value) and not \(answer.value)")
      }
      try compare(gradients[index].input, with: "target\(index)-gradient")
      try compare(gradients[targets.count + index].input, with: "target\(index)-guided", atMost: 1e-3)
      let gradient = try #require(gradients[index].tensors[layers[index]])
      try compare(
        Self.signed(trace.tensor(layers[index]), gradient), with: "target\(index)-signed")
    }
  }

  /// Σ_k mean(∂y/∂A_k) A_k of tensors [1, C, H, W].
  private static func signed(_ maps: Tensor, _ gradients: Tensor) -> Tensor {
    let area = maps.shape[2] * maps.shape[3]
    var sum = Tensor(shape: Array(maps.shape.dropFirst(2)))
    for channel in 0..<maps.shape[1] {
      let cells = (channel * area)..<((channel + 1) * area)
      let weight = gradients.values[cells].reduce(0, +) / Float(area)
      for (index, cell) in cells.enumerated() { sum.values[index] += weight * maps.values[cell] }
    }
    return sum
  }
}
