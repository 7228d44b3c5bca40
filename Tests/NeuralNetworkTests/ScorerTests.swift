import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Scores of many pictures")
struct ScorerTests {
  @Test(
    "the scores of every reference network are the very numbers of its forward run",
    .enabled(if: ReferenceNetwork.isPresent, "\(ReferenceData.absence)"))
  func references() throws {
    var tally = CaseTally()
    for reference in try ReferenceNetwork.all() {
      tally.run(reference.name) {
        let network = try Network(contentsOfFile: reference.file("model.onnx"))
        let input = try reference.tensor("input")
        let dark = Tensor(shape: input.shape, input.values.map { $0 / 4 })
        let scorer = try network.scorer(of: (0..<network.classCount).map { Target.class($0) })
        let found = try scorer.scores(of: [input, dark, input])
        let (bright, low) = (try network.forward(input).logits, try network.forward(dark).logits)
        guard found == [bright, low, bright], bright != low else {
          throw CaseTally.Deviation(text: "\(found) are not \(bright) and \(low)")
        }
      }
    }
    tally.report()
    #expect(tally.isClean)
  }

  @Test("targets of several tensors are scored in one run, in their order")
  func targets() throws {
    let network = try MaskedScores.network()
    let sum = Target.weightedSum(of: "words", weights: Tensor(shape: [1, 2, 2], [1, 1, 1, 1]))
    let scorer = try network.scorer(
      of: [sum, .class(2), .element(of: "flat", at: [3])], inputs: ["m": MaskedScores.mask])
    let zero = Tensor(shape: MaskedScores.picture.shape)
    #expect(try scorer.scores(of: [MaskedScores.picture, zero]) == [[12, -8, 4], [0, 0, 0]])
  }

  @Test("pictures are made one by one, as they are asked for")
  func lazily() throws {
    let network = try MaskedScores.network()
    let scorer = try network.scorer(of: [.class(0)], inputs: ["m": MaskedScores.mask])
    var pending = 0
    let pictures = (0..<50).lazy.map { index in
      pending += 1
      return Tensor(shape: MaskedScores.picture.shape, repeating: Float(index))
    }
    let scores = try scorer.scores(of: pictures)
    #expect(pending == 50)
    // (1, 0, 1, 2) · w₀ = 4.
    #expect(scores == (0..<50).map { [Float(4 * $0)] })
  }

  @Test("after a run nothing is left but the targets, each activation having gone after its last reader")
  func forgetting() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 4, 4])
    model.constant("w", [2, 2, 1, 1], [1, 2, 3, 4])
    model.node("Conv", ["x", "w"], ["a"])
    model.node("Sigmoid", ["a"], ["b"])
    model.node("Mul", ["a", "b"], ["c"])
    model.node("Concat", ["b", "c"], ["d"], ["axis": 1])
    model.node("GlobalAveragePool", ["d"], ["e"])
    model.node("Flatten", ["e"], ["y"])
    model.output("y")
    let network = try model.withFile { try Network(contentsOfFile: $0) }
    let names = network.graph.names
    let root = try #require(names["y"])
    let plan = network.planner.plan(keeping: []).only([root], network.graph)
    let forgotten = plan.lastReads(keeping: [root]).map { values in values.map { network.graph.values[$0].name } }
    #expect(forgotten.map { $0.sorted() } == [["x"], [], ["a"], ["b", "c"], ["d"], ["e"]])
    let picture = Tensor(shape: [1, 2, 4, 4], noise(32, seed: 1))
    let run = try ActivationTrace(
      plan, inputs: network.feed(picture, [:]), on: network.engine, forgetting: plan.lastReads(keeping: [root]))
    #expect(Array(run.activations.keys) == [root])
    let memory = try #require(run.activations[root])
    #expect(try network.engine.download(memory).values == network.forward(picture).logits)
  }

  @Test("a target that there is not is refused before anything runs, and so is a picture that does not fit")
  func faults() throws {
    let network = try MaskedScores.network()
    #expect(
      faultText { _ = try network.scorer(of: [.class(7)]) } == "the network has no class 7; it has 3 classes.")
    let scorer = try network.scorer(of: [.class(0)], inputs: ["m": MaskedScores.mask])
    #expect(
      faultText { _ = try scorer.scores(of: [Tensor(shape: [1, 1, 2, 3])]) }
        == "the network takes 1×1×2×2, not 1×1×2×3.")
    #expect(
      faultText { _ = try network.scorer(of: [.class(0)]).scores(of: MaskedScores.picture) }
        == "the input “m” is missing. Give it a tensor of shape 1×4.")
  }
}
