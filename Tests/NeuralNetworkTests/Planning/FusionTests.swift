import TestSupport
import Testing

@testable import NeuralNetwork

/// Conv → BatchNormalization → Add → Relu runs as one operation, with the results of the four.
@Suite("Fused convolutions")
struct FusionTests {
  /// Each part of the chain that may follow the convolution, by the name of its output.
  static let chains: [[String]] = [
    ["n"], ["a"], ["r"], ["n", "a"], ["n", "r"], ["a", "r"], ["n", "a", "r"], ["n", "a", "clip"], ["clip"],
  ]

  /// x → conv c (3×3, odd channels) → the parts of a chain; the addend is a 1×1 convolution of x.
  static func model(_ chain: [String], groups: Int = 1, addendFirst: Bool = false) -> ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [1, 4, 5, 5])
    func weights(_ count: Int) -> [Float] { (0..<count).map { Float(($0 * 37 + 11) % 23 - 11) / 16 } }
    model.constant("w", [6, 4 / groups, 3, 3], weights(6 * 4 / groups * 9))
    model.constant("b", [6], weights(6))
    model.constant("v", [6, 4, 1, 1], weights(24))
    for (name, values) in [
      ("scale", [1, 2, -1, 0.5, 1, -2]), ("bias", [0.5, 0, 1, -1, 0, 2]), ("mean", [1, 0, -1, 0.25, 0, 0]),
      ("variance", [1, 4, 0.25, 1, 2, 3]),
    ] as [(String, [Float])] {
      model.constant(name, [6], values)
    }
    model.constant("zero", [], [0])
    model.constant("six", [], [1.5])
    model.node(
      "Conv", ["x", "w", "b"], ["c"], ["pads": [1, 1, 1, 1], "group": .integer(groups)])
    model.node("Conv", ["x", "v"], ["other"])
    var last = "c"
    for part in chain {
      switch part {
      case "n": model.node("BatchNormalization", [last, "scale", "bias", "mean", "variance"], [part])
      case "a": model.node("Add", addendFirst ? ["other", last] : [last, "other"], [part])
      case "clip": model.node("Clip", [last, "zero", "six"], [part])
      default: model.node("Relu", [last], [part])
      }
      last = part
    }
    model.output(last)
    return model
  }

  private static let input = Tensor(shape: [1, 4, 5, 5], (0..<100).map { Float(($0 * 29 + 5) % 41 - 20) / 16 })

  /// The upstream gradients of a batch: one for each rule.
  private static let upstream: [[Float]] = (1...3).map { factor in (0..<150).map { Float(($0 * factor) % 13 - 6) / 8 } }
  private static let rules: [ReLURule] = [.guided, .standard, .deconvolution]

  @Test(
    "fused and unfused agree, forward and backward with mixed rules", arguments: chains, [(1, false), (2, true)])
  func agreement(chain: [String], variant: (groups: Int, addendFirst: Bool)) throws {
    let model = Self.model(chain, groups: variant.groups, addendFirst: variant.addendFirst)
    let fused = try ModelRun(model, inputs: [Self.input])
    let separate = try ModelRun(model, inputs: [Self.input], keeping: ["c", "other"] + chain)
    #expect(separate.plan.steps.count == chain.count + (chain.contains("a") ? 2 : 1))
    #expect(fused.plan.steps.count == (chain.contains("a") ? 2 : 1))
    #expect(try fused.output.deviation(from: separate.output) <= 1e-5)
    let (gradients, expected) = (
      try fused.gradients(Self.upstream, rules: Self.rules), try separate.gradients(Self.upstream, rules: Self.rules)
    )
    for (gradient, reference) in zip(gradients, expected) {
      #expect(gradient[0].deviation(from: reference[0]) <= 1e-5)
    }
  }

  @Test(
    "a kept layer is a barrier: it exists, and the rest is fused around it",
    arguments: [("c", 3), ("n", 2), ("a", 3), ("r", 2)])
  func barrier(kept: String, steps: Int) throws {
    let model = Self.model(["n", "a", "r"])
    let run = try ModelRun(model, inputs: [Self.input], keeping: [kept])
    let separate = try ModelRun(model, inputs: [Self.input], keeping: ["c", "other", "n", "a", "r"])
    // What the first convolution cannot take, the convolution of the addend does.
    #expect(run.plan.steps.count == steps)
    #expect(
      try #require(try run.tensor(named: kept)).deviation(from: #require(try separate.tensor(named: kept))) <= 1e-5)
    #expect(try run.output.deviation(from: separate.output) <= 1e-5)
  }

  @Test("what a second reader needs is not fused away")
  func secondReader() throws {
    var model = Self.model(["n", "r"])
    model.node("Add", ["n", "r"], ["y"])
    model.node("GlobalAveragePool", ["y"], ["z"])
    model.output("z")
    let run = try ModelRun(model, inputs: [Self.input], keeping: ["z"])
    let separate = try ModelRun(model, inputs: [Self.input], keeping: ["c", "n", "r", "y", "z"])
    #expect(try run.output.deviation(from: separate.output) <= 1e-5)
    #expect(
      try #require(try run.tensor(named: "z")).deviation(from: #require(try separate.tensor(named: "z"))) <= 1e-5)
  }

  @Test("a normalisation that no convolution can take runs with its rectifier", arguments: ["Relu", "Clip"])
  func normalizationAndRectifier(rectifier: String) throws {
    var model = ONNXBuilder()
    model.input("x", [1, 3, 5, 3])
    for (name, values) in [
      ("scale", [1, 2, -1]), ("bias", [0.5, 0, 1]), ("mean", [1, 0, -1]), ("variance", [1, 4, 0.25]),
    ] as [(String, [Float])] {
      model.constant(name, [3], values)
    }
    model.constant("zero", [], [0])
    model.constant("half", [], [0.5])
    model.node("BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["n"])
    model.node(rectifier, rectifier == "Relu" ? ["n"] : ["n", "zero", "half"], ["r"])
    model.output("r")
    let inputs = [Tensor(shape: [1, 3, 5, 3], noise(45, seed: 1))]
    let (fused, separate) = (try ModelRun(model, inputs: inputs), try ModelRun(model, inputs: inputs, keeping: ["n"]))
    #expect(fused.plan.steps.count == 1)
    #expect(separate.plan.steps.count == 2)
    #expect(try fused.output.deviation(from: separate.output) <= 1e-6)
    let upstream = (2...4).map { noise(45, seed: $0) }
    let gradients = try zip(
      fused.gradients(upstream, rules: Self.rules), separate.gradients(upstream, rules: Self.rules))
    for (gradient, reference) in gradients { #expect(gradient[0].deviation(from: reference[0]) <= 1e-6) }
  }

  @Test("only one of two convolutions takes the addition that joins them")
  func twoBranches() throws {
    let model = Self.model(["a", "r"])
    let run = try ModelRun(model, inputs: [Self.input])
    #expect(run.plan.steps.count == 2)
    let operations = run.plan.steps.compactMap { $0.operation as? Convolution }
    #expect(operations.map(\.adds).filter { $0 }.count == 1)
  }
}
