import Foundation
import NeuralNetwork
import TestSupport
import Testing

/// What the numbers at the end are: scores, or probabilities already, however an exporter writes it.
@Suite("Scores and probabilities")
struct ClassifierHeadTests {
  /// The scores are the picture's own four numbers: 1, −2, 0.5, 3.
  private static let picture: [Float] = [1, -2, 0.5, 3]
  /// Their softmax and their sigmoid, by numpy in double precision.
  private static let softmax: [Float] = [0.11055375, 0.0055041471, 0.06705424, 0.81688786]
  private static let sigmoid: [Float] = [0.73105858, 0.11920292, 0.62245933, 0.95257413]

  private static func run(
    _ change: (inout ONNXBuilder) -> Void
  ) throws -> (network: Network, trace: Trace) {
    var model = ONNXBuilder()
    model.input("picture", [1, 1, 2, 2])
    model.integers("flat", [1, 4])
    model.integers("1", [1])
    model.node("Reshape", ["picture", "flat"], ["y"])
    change(&model)
    model.output("p")
    let network = try model.withFile { try Network(contentsOfFile: $0) }
    return (network, try network.forward(Tensor(shape: [1, 1, 2, 2], picture)))
  }

  private func expect(_ values: [Float], _ reference: [Float]) {
    #expect(values.count == reference.count)
    for (value, expected) in zip(values, reference) { #expect(abs(value - expected) <= 2e-6 * max(1, abs(expected))) }
  }

  struct End: CustomTestStringConvertible {
    let testDescription: String
    let write: @Sendable (inout ONNXBuilder) -> Void
  }

  static let softmaxes: [End] = [
    End(testDescription: "Softmax") { $0.node("Softmax", ["y"], ["p"]) },
    End(testDescription: "exp of LogSoftmax") { model in
      model.node("LogSoftmax", ["y"], ["log"])
      model.node("Exp", ["log"], ["p"])
    },
    End(testDescription: "log of a softmax that is kept from zero") { model in
      model.constant("small", [], [1e-8])
      model.node("Softmax", ["y"], ["s"])
      model.node("Clip", ["s", "small"], ["clip"])
      model.node("Log", ["clip"], ["p"])
    },
    End(testDescription: "Softmax between bounds") { model in
      model.constant("small", [], [1e-6])
      model.constant("large", [], [0.999999])
      model.node("Softmax", ["y"], ["s"])
      model.node("Clip", ["s", "small", "large"], ["p"])
    },
    End(testDescription: "Softmax in per cent") { model in
      model.constant("hundred", [], [100])
      model.node("Softmax", ["y"], ["s"])
      model.node("Mul", ["hundred", "s"], ["p"])
    },
    End(testDescription: "exp(y) / Σ exp(y)") { model in
      model.node("Exp", ["y"], ["e"])
      model.node("ReduceSum", ["e", "1"], ["sum"])
      model.node("Div", ["e", "sum"], ["p"])
    },
    End(testDescription: "exp(y − max y) / Σ exp(y − max y)") { model in
      model.node("ReduceMax", ["y"], ["m"], ["axes": [1]])
      model.node("Sub", ["y", "m"], ["d"])
      model.node("Exp", ["d"], ["e"])
      model.node("ReduceSum", ["e", "1"], ["sum"])
      model.node("Div", ["e", "sum"], ["p"])
    },
    End(testDescription: "y − log Σ exp(y)") { model in
      model.node("ReduceLogSumExp", ["y"], ["l"], ["axes": [1]])
      model.node("Sub", ["y", "l"], ["p"])
    },
  ]

  @Test("a softmax is taken off", arguments: softmaxes)
  func softmax(end: End) throws {
    let (network, trace) = try Self.run(end.write)
    #expect(network.scores == .softmax)
    #expect(network.removedActivation != nil)
    #expect(!network.scoresAreAssumed)
    expect(trace.logits, Self.picture)
    expect(trace.probabilities, Self.softmax)
    let gradient = try trace.gradients([GradientRequest(classIndex: 2, toInput: true)])[0]
    #expect(gradient.input?.values == [0, 0, 1, 0])
  }

  static let sigmoids: [End] = [
    End(testDescription: "Sigmoid") { $0.node("Sigmoid", ["y"], ["p"]) },
    End(testDescription: "1 / (1 + exp(−y))") { model in
      model.constant("one", [], [1])
      model.node("Neg", ["y"], ["minus"])
      model.node("Exp", ["minus"], ["e"])
      model.node("Add", ["e", "one"], ["sum"])
      model.node("Div", ["one", "sum"], ["p"])
    },
  ]

  @Test("a sigmoid is taken off", arguments: sigmoids)
  func sigmoid(end: End) throws {
    let (network, trace) = try Self.run(end.write)
    #expect(network.scores == .sigmoid)
    expect(trace.logits, Self.picture)
    expect(trace.probabilities, Self.sigmoid)
  }

  static let probabilities: [(End, [Float])] = [
    (
      End(testDescription: "1 − p") { model in
        model.constant("one", [], [1])
        model.node("Sigmoid", ["y"], ["s"])
        model.node("Sub", ["one", "s"], ["p"])
      }, sigmoid.map { 1 - $0 }
    ),
    (
      End(testDescription: "the mean of two softmaxes") { model in
        model.constant("half", [], [0.5])
        model.constant("zeros", [1, 4], [0, 0, 0, 0])
        model.node("Mul", ["y", "zeros"], ["z"])
        model.node("Softmax", ["y"], ["a"])
        model.node("Softmax", ["z"], ["b"])
        model.node("Add", ["a", "b"], ["sum"])
        model.node("Mul", ["sum", "half"], ["p"])
      }, softmax.map { ($0 + 0.25) / 2 }
    ),
    (
      End(testDescription: "the mean of a stack of softmaxes") { model in
        model.constant("zeros", [1, 4], [0, 0, 0, 0])
        model.node("Mul", ["y", "zeros"], ["z"])
        model.node("Concat", ["y", "z"], ["rows"], ["axis": 0])
        model.node("Softmax", ["rows"], ["s"], ["axis": 1])
        model.node("ReduceMean", ["s"], ["p"], ["axes": [0], "keepdims": 0])
      }, softmax.map { ($0 + 0.25) / 2 }
    ),
    (
      End(testDescription: "numbers that are divided by their sum") { model in
        model.node("Relu", ["y"], ["r"])
        model.node("ReduceSum", ["r", "1"], ["sum"])
        model.node("Div", ["r", "sum"], ["p"])
      }, [1 / 4.5, 0, 0.5 / 4.5, 3 / 4.5]
    ),
  ]

  @Test("what is a probability already is shown and explained as it is", arguments: probabilities)
  func probability(end: End, expected: [Float]) throws {
    let (network, trace) = try Self.run(end.write)
    #expect(network.scores == .probability)
    #expect(network.removedActivation == nil)
    expect(trace.logits, expected)
    expect(trace.probabilities, expected)
  }

  @Test("a single probability is that of class 1")
  func singleProbability() throws {
    let (network, trace) = try Self.run { model in
      model.integers("0", [0])
      model.integers("2", [2])
      model.node("Slice", ["y", "0", "2", "1"], ["pair"])
      model.node("Softmax", ["pair"], ["s"])
      model.integers("column", [], [1])
      model.node("Gather", ["s", "column"], ["p"], ["axis": 1])
    }
    #expect(network.scores == .probability)
    #expect(network.classCount == 2)
    // softmax(1, −2).
    expect(trace.probabilities, [0.95257413, 0.047425874])
    let gradients = try trace.gradients([0, 1].map { GradientRequest(classIndex: $0, toInput: true) })
    let (no, yes) = (try #require(gradients[0].input).values, try #require(gradients[1].input).values)
    // p (1 − p), with its sign for each of the two numbers.
    expect(yes, [-0.04517666, 0.04517666, 0, 0])
    expect(no, [0.04517666, -0.04517666, 0, 0])
  }

  @Test("numbers from 0 to 1 with sum 1 are taken for probabilities, where nothing says what they are")
  func distribution() throws {
    let (network, trace) = try Self.run { $0.node("Identity", ["y"], ["p"]) }
    #expect(network.scores == .softmax)
    #expect(network.scoresAreAssumed)
    expect(trace.probabilities, Self.softmax)
    let shares = try network.forward(Tensor(shape: [1, 1, 2, 2], [0.125, 0.5, 0.25, 0.125]))
    #expect(shares.probabilities == [0.125, 0.5, 0.25, 0.125])
    let others = try network.forward(Tensor(shape: [1, 1, 2, 2], [0.125, 0.5, 0.25, 0.25]))
    #expect(others.probabilities != others.logits)
  }
}
