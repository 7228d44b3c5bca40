import NeuralNetwork
import TestSupport
import Testing

@Suite("Weights that are replaced when a model is loaded")
struct ReplacedWeightsTests {
  @Test("every tensor of weights is offered once, by its name and in the order of the network, whatever else is read")
  func order() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 2, 2])
    model.constant("second", [4, 2], [1, 0, 0, 1, 1, 0, 0, 1])
    model.constant("first", [1, 1, 1, 1], [2])
    model.constant("nobody reads this", [1], [1])
    model.integers("shape", [1, 4])
    model.node("Conv", ["x", "first"], ["c"])
    model.node("Reshape", ["c", "shape"], ["flat"])
    model.node("MatMul", ["flat", "second"], ["logits"])
    model.node("Softmax", ["logits"], ["probabilities"])
    for name in ["logits", "probabilities"] { model.output(name) }
    let picture = Tensor(shape: [1, 1, 2, 2], [1, 2, 3, 4])
    var offered: [String] = []
    let network = try model.withFile { path in
      try Network(contentsOfFile: path) { name, weights in
        offered.append("\(name) \(weights.shape)")
        return name == "first" ? Tensor(shape: weights.shape, weights.values.map { -$0 }) : weights
      }
    }
    #expect(offered == ["first [1, 1, 1, 1]", "second [4, 2]"])
    #expect(try network.forward(picture).logits == [-8, -12])
  }

  @Test("weights of another shape, or that are no numbers, are refused by their name")
  func faults() throws {
    func text(_ change: @escaping (Tensor) -> Tensor) throws -> String {
      try MaskedScores.model.withFile { path in
        faultText {
          _ = try Network(contentsOfFile: path, outputs: ["scores"], inputs: ["m": .shape([1, 4])]) { change($1) }
        }
      }
    }
    #expect(
      try text { Tensor(shape: [3, 4], $0.values) }
        == "the weights “w” were replaced by 3×4, and have shape 4×3. Replace weights by a tensor of the same shape.")
    #expect(
      try text { Tensor(shape: $0.shape, repeating: .nan) }.hasPrefix(
        "tensor “w”, which node “node_scores” (MatMul) reads, is not a number"))
  }

  @Test("what the replacement throws comes out as it is")
  func thrown() throws {
    struct Stop: Error {}
    try MaskedScores.model.withFile { path in
      _ = #expect(throws: Stop.self) {
        try Network(contentsOfFile: path, outputs: ["scores"], inputs: ["m": .shape([1, 4])]) { _, _ in throw Stop() }
      }
    }
  }

  @Test(
    "equal weights change no bit of reference networks' scores, and other weights change them",
    .enabled(if: ReferenceNetwork.isPresent, "\(ReferenceData.absence)"))
  func references() throws {
    var tally = CaseTally()
    let names = ["resnet-basic", "squeezenet", "vit"]
    for reference in try ReferenceNetwork.all() where names.contains(reference.name) {
      tally.run(reference.name) {
        let (path, input) = (reference.file("model.onnx"), try reference.tensor("input"))
        let expected = try Network(contentsOfFile: path).forward(input).logits
        let same = try Network(contentsOfFile: path) { $1 }.forward(input).logits
        let half = try Network(contentsOfFile: path) { _, weights in
          weights.shape.count > 1 ? Tensor(shape: weights.shape, weights.values.map { $0 / 2 }) : weights
        }.forward(input).logits
        guard same == expected, half != expected else { throw CaseTally.Deviation(text: "\(same) and \(half)") }
      }
    }
    tally.report()
    #expect(tally.isClean)
  }
}
