import Diagnostics
import Foundation
import NeuralNetwork
import TestSupport
import Testing

@Suite("Targets of a network")
struct TargetTests {
  @Test("a class, an element of any output and a weighted sum have their values and gradients, in one call")
  func values() throws {
    let trace = try MaskedScores.trace(keeping: ["products"])
    let products = try MaskedScores.network().tensor(named: "products")
    let sum = Target.weightedSum(of: "scores", weights: Tensor(shape: [1, 3], [1, 0, -2]))
    let targets: [Target] = [.class(1), .element(of: "words", at: [1, 1]), sum, .element(of: "products", at: [2])]
    #expect(try targets.map { try trace.value(of: $0) } == [18, 8, 26, 3])
    let gradients = try trace.gradients(targets.map { GradientRequest($0, toInput: true, at: [products]) })
    #expect(
      gradients.map { $0.input?.values } == [[-1, 0, 1, 4], [0, 0, 0, 2], [1, 0, 3, 4], [0, 0, 1, 0]])
    #expect(
      gradients.map { $0.tensors[products]?.values } == [[-1, 0, 1, 2], [0, 0, 0, 1], [1, 0, 3, 2], [0, 0, 1, 0]])
    #expect(gradients.allSatisfy { $0.input?.shape == [1, 1, 2, 2] })
    let mixed = try trace.gradients([
      GradientRequest(.class(1), at: [products]), GradientRequest(.class(2), toInput: true),
      GradientRequest(.class(0), toInput: true, at: [products]), GradientRequest(.class(1), toInput: true),
    ])
    #expect(mixed.map { $0.input?.values } == [nil, [0, 0, 0, -2], [1, 0, 3, 0], [-1, 0, 1, 4]])
    #expect(mixed.map { $0.tensors[products]?.values } == [[-1, 0, 1, 2], nil, [1, 2, 3, 0], nil])
  }

  @Test("the scores of a classifier are found among several outputs, and its classes are targets")
  func classes() throws {
    let network = try MaskedScores.network()
    #expect(network.classCount == 3)
    let trace = try MaskedScores.trace()
    #expect(trace.logits == MaskedScores.scores)
    #expect(network.probabilities(of: trace.logits) == trace.probabilities)
  }

  @Test("a network whose outputs are no scores is read for its targets, and has no classes")
  func noClassifier() throws {
    let network = try MaskedScores.network(["words"])
    #expect(network.classCount == 0)
    #expect(network.defaultLayer == nil)
    let trace = try network.forward(MaskedScores.picture, inputs: ["m": MaskedScores.mask])
    #expect(trace.logits.isEmpty && trace.probabilities.isEmpty)
    #expect(try trace.value(of: .element(of: "words", at: [1, 0])) == 3)
    #expect(
      faultText { _ = try trace.gradients([GradientRequest(classIndex: 0)]) }
        == "the network has no classes: the output “words” has shape 1×2×2, which is not one score for each class. "
        + "Try a target like “words[0,0]”.")
  }

  @Test("a softmax at an output's end is taken off, also where there are several side by side, and inside it stays")
  func softmax() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 2, 2])
    model.integers("rows", [1, 2, 2])
    model.node("Reshape", ["x", "rows"], ["z"])
    model.node("Softmax", ["z"], ["words"], ["axis": 2])
    model.node("Mul", ["words", "z"], ["mixed"])
    model.output("words")
    model.output("mixed")
    let network = try model.withFile { try Network(contentsOfFile: $0, outputs: ["words", "mixed"]) }
    let trace = try network.forward(MaskedScores.picture)
    #expect(try trace.value(of: .element(of: "words", at: [1, 0])) == 3)
    let request = GradientRequest(.element(of: "words", at: [1, 0]), toInput: true)
    #expect(try trace.gradients([request])[0].input?.values == [0, 0, 1, 0])
    // 3 · softmax(3, 4)₀: the output itself holds the probability.
    let share = 1 / (1 + Float(M_E))
    let (words, mixed) = (
      try trace.tensor(named: "words").values, try trace.value(of: .element(of: "mixed", at: [1, 0]))
    )
    #expect(deviation(words, from: [share, 1 - share, share, 1 - share]) <= 1e-6)
    #expect(deviation([mixed], from: [3 * share]) <= 1e-6)
  }

  static let faults: [(Target, String)] = [
    (.class(3), "the network has no class 3; it has 3 classes."),
    (.element(of: "score", at: [1]), "the network has no tensor “score”. Did you mean “scores”?"),
    (
      .element(of: "scores", at: [3]),
      "“scores[3]” lies outside of the tensor, whose shape is 1×3. "
        + "Indices count from 0; the last element is “scores[2]”."
    ),
    (
      .element(of: "words", at: [-1, 0]),
      "“words[-1,0]” lies outside of the tensor, whose shape is 1×2×2. "
        + "Indices count from 0; the last element is “words[1,1]”."
    ),
    (
      .element(of: "words", at: [1]),
      "“words[1]” has 1 index, and a tensor of shape 1×2×2 takes 2, those behind the batch axis. Try “words[0,0]”."
    ),
    (
      .weightedSum(of: "scores", weights: Tensor(shape: [3], repeating: 1)),
      "the weights of “scores” have shape 3, and the tensor has 1×3. Give weights of the tensor's own shape."
    ),
    (
      .weightedSum(of: "scores", weights: Tensor(shape: [1, 3], [0, .nan, 1])),
      "element 1 of the weights of “scores” is nan, no finite number. Give finite weights."
    ),
    (
      .weightedSum(of: "scores", weights: Tensor(shape: [1, 3])),
      "the weights of “scores” are all zero, so that there is nothing to explain. Give at least one element a weight."
    ),
    (
      .element(of: "flat", at: [0]),
      "tensor “flat” was not kept in the forward run. Try to name it among the tensors to keep, or among the outputs when "
        + "the model is loaded."
    ),
    (
      .element(of: "others", at: [0]),
      "“others[0]” does not depend on the picture, so that there is no gradient. Choose a target that does."
    ),
  ]

  @Test("what cannot be a target is told with a way out", arguments: faults.indices)
  func fault(index: Int) throws {
    let (target, expected) = Self.faults[index]
    let trace = try MaskedScores.trace()
    #expect(faultText { _ = try trace.gradients([GradientRequest(target, toInput: true)]) } == expected)
  }

  @Test("an output that is no list of floats cannot be asked for")
  func wholeNumbers() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 1, 2, 2])
    model.node("Flatten", ["x"], ["flat"])
    model.node("ArgMax", ["flat"], ["best"], ["axis": 1])
    model.output("best", elementType: 7)
    model.output("flat")
    let text = try model.withFile { path in faultText { _ = try Network(contentsOfFile: path, outputs: ["best"]) } }
    #expect(
      text
        == "“best” cannot be explained: it holds whole numbers, such as the index of a class, which have no gradient. "
        + "Set `output: flat` in the model card, or give --output-tensor flat: these are the numbers that it is chosen from."
    )
    let unknown = try model.withFile { path in faultText { _ = try Network(contentsOfFile: path, outputs: ["flet"]) } }
    #expect(unknown == "the model has no output “flet”; it has “best”, “flat”. Did you mean “flat”?")
  }
}
