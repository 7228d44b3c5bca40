import NeuralNetwork
import TestSupport
import Testing

@Suite("Inputs beside the picture")
struct GivenInputTests {
  @Test("an input that is given when the model is loaded is part of it, and the picture may stand anywhere")
  func atLoad() throws {
    let network = try MaskedScores.network(["scores"], mask: .tensor(MaskedScores.mask))
    #expect(network.inputName == "x")
    #expect(network.inputShape == [1, 1, 2, 2])
    #expect(network.furtherInputs.isEmpty)
    #expect(try network.forward(MaskedScores.picture).logits == MaskedScores.scores)
  }

  @Test("an input that is given to each run may be another each time")
  func atRun() throws {
    let network = try MaskedScores.network(["scores"])
    #expect(network.inputName == "x")
    #expect(network.furtherInputs == ["m": [1, 4]])
    #expect(
      try network.forward(MaskedScores.picture, inputs: ["m": MaskedScores.mask]).logits == MaskedScores.scores)
    let last = Tensor(shape: [1, 4], [0, 0, 0, 1])
    #expect(try network.forward(MaskedScores.picture, inputs: ["m": last]).logits == [0, 8, -4])
  }

  @Test("ids choose rows of a table, whether they come with the model or with the run; an id that there is not is told")
  func tokens() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 2, 1, 1])
    model.input("ids", [1, 2], elementType: 7)
    model.constant("table", [3, 2], [1, 2, 3, 4, 5, 6])
    model.integers("axes", [1])
    model.node("Gather", ["table", "ids"], ["rows"])
    model.node("ReduceSum", ["rows", "axes"], ["sum"], ["keepdims": 0])
    model.node("Flatten", ["x"], ["flat"])
    model.node("Mul", ["flat", "sum"], ["y"])
    model.output("y")
    let (picture, ids) = (Tensor(shape: [1, 2, 1, 1], [1, 10]), Tensor(shape: [1, 2], [2, 0]))
    try model.withFile { path in
      let fixed = try Network(contentsOfFile: path, inputs: ["ids": .tensor(ids)])
      #expect(try fixed.forward(picture).logits == [6, 80])
      let open = try Network(contentsOfFile: path, inputs: ["ids": .shape([1, 2])])
      #expect(try open.forward(picture, inputs: ["ids": ids]).logits == [6, 80])
      #expect(try open.forward(picture, inputs: ["ids": Tensor(shape: [1, 2], [1, -1])]).logits == [8, 100])
      #expect(
        faultText { _ = try open.forward(picture, inputs: ["ids": Tensor(shape: [1, 2], [1, 3])]) }
          == "node “node_rows” (Gather) picks index 3.0 along an axis of 3.")
      #expect(
        faultText { _ = try Network(contentsOfFile: path, inputs: ["ids": .tensor(Tensor(shape: [1, 2], [1, 0.5]))]) }
          == "element 1 of the input “ids” is 0.5, and it takes whole numbers.")
    }
  }

  static let faults: [([String: FurtherInput], String)] = [
    (
      [:],
      "the model has 2 inputs: “m” (N×4, float32), “x” (1×1×2×2, float32); an image classifier has one. "
        + "Say what all but the picture are given: with `inputs:` in the model card, or with --input."
    ),
    (["tokens": .shape([1, 4])], "the model has no input “tokens”. Try one of: m, x."),
    (["mm": .shape([1, 4])], "the model has no input “mm”. Did you mean “m”?"),
    (
      ["m": .shape([1, 4]), "x": .shape([1, 1, 2, 2])],
      "every input is given something; one must be left for the picture."
    ),
    (["m": .shape([1, 5])], "the input “m” takes N×4, and was given 1×5."),
    (["m": .tensor(Tensor(shape: [4]))], "the input “m” takes N×4, and was given 4."),
    (
      ["m": .tensor(Tensor(shape: [1, 4], [0, 0, .nan, 0]))], "element 2 of the input “m” is not a number."
    ),
  ]

  @Test("what does not fit the model is told when it is loaded", arguments: faults.indices)
  func fault(index: Int) throws {
    let (inputs, expected) = Self.faults[index]
    let text = try MaskedScores.model.withFile { path in
      faultText { _ = try Network(contentsOfFile: path, outputs: ["scores"], inputs: inputs) }
    }
    #expect(text == expected)
  }

  @Test("what a run lacks, or has and does not need, is told")
  func runFaults() throws {
    let network = try MaskedScores.network()
    let runs: [([String: Tensor], String)] = [
      ([:], "the input “m” is missing. Give it a tensor of shape 1×4."),
      (["m": Tensor(shape: [4])], "the input “m” takes 1×4, not 4."),
      (["m": Tensor(shape: [1, 4], [0, .infinity, 0, 0])], "element 1 of the input “m” is inf, no finite number."),
      (["n": MaskedScores.mask], "the network has no further input “n” that a run gives. Did you mean “m”?"),
    ]
    for (inputs, expected) in runs {
      #expect(faultText { _ = try network.forward(MaskedScores.picture, inputs: inputs) } == expected)
    }
  }
}
