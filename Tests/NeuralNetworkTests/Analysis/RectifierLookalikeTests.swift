import NeuralNetwork
import TestSupport
import Testing

/// Bounds, gates and leaky rectifiers, to which the guided rule does not apply: PyTorch's guided gradients decide.
@Suite("What only looks like a rectifier")
struct RectifierLookalikeTests {
  typealias Spelling = RectifierSpellingTests.Spelling

  private static let all = "reaches 2 rectifiers, all there are"

  static let hardSwishes: [Spelling] = [
    Spelling(testDescription: "HardSwish") { model, x, y in model.node("HardSwish", [x], [y]) },
    Spelling(testDescription: "x · HardSigmoid(x)") { model, x, y in
      model.node("HardSigmoid", [x], [y + "gate"], ["alpha": .float(1 / 6), "beta": 0.5])
      model.node("Mul", [x, y + "gate"], [y])
    },
    Spelling(testDescription: "x · Clip(x + 3, 0, 6) / 6") { model, x, y in
      model.shiftedClip(x, y)
      model.node("Mul", [x, y + "clip"], [y + "product"])
      model.node("Div", [y + "product", y + "6"], [y])
    },
    Spelling(testDescription: "x · (Clip(x + 3, 0, 6) / 6)") { model, x, y in
      model.shiftedClip(x, y)
      model.node("Div", [y + "clip", y + "6"], [y + "gate"])
      model.node("Mul", [y + "gate", x], [y])
    },
    Spelling(testDescription: "x · Min(Relu(x + 3), 6) / 6") { model, x, y in
      model.constant(y + "3", [], [3])
      model.constant(y + "6", [], [6])
      model.node("Add", [x, y + "3"], [y + "sum"])
      model.node("Relu", [y + "sum"], [y + "relu"])
      model.node("Min", [y + "relu", y + "6"], [y + "clip"])
      model.node("Div", [y + "clip", y + "6"], [y + "gate"])
      model.node("Mul", [x, y + "gate"], [y])
    },
    Spelling(testDescription: "x · Max(Min(3 + x, 6), 0) · ⅙") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "3", [], [3])
      model.constant(y + "6", [], [6])
      model.constant(y + "sixth", [], [1 / 6])
      model.node("Add", [y + "3", x], [y + "sum"])
      model.node("Min", [y + "sum", y + "6"], [y + "min"])
      model.node("Max", [y + "min", y + "0"], [y + "clip"])
      model.node("Mul", [y + "clip", y + "sixth"], [y + "gate"])
      model.node("Mul", [x, y + "gate"], [y])
    },
    Spelling(testDescription: "x · Clip(x / 6 + ½, 0, 1), as Keras writes it") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "half", [], [0.5])
      model.constant(y + "1", [], [1])
      model.constant(y + "sixth", [], [1 / 6])
      model.node("Mul", [x, y + "sixth"], [y + "scaled"])
      model.node("Add", [y + "scaled", y + "half"], [y + "sum"])
      model.node("Clip", [y + "sum", y + "0", y + "1"], [y + "gate"])
      model.node("Mul", [x, y + "gate"], [y])
    },
  ]

  @Test("the gate of a HardSwish is none", arguments: hardSwishes)
  func hardSwish(spelling: Spelling) throws {
    let coverage = try RoleNetwork.check(try RoleNetwork.model(spelling.write), "hard swish")
    #expect(coverage.description == "reaches 0 rectifiers, but not 2 HardSwish")
  }

  @Test("the gate of a QuickGELU is none")
  func quickGELU() throws {
    let model = try RoleNetwork.model { model, x, y in
      model.constant(y + "slope", [], [1.702])
      model.node("Mul", [x, y + "slope"], [y + "scaled"])
      model.node("Sigmoid", [y + "scaled"], [y + "gate"])
      model.node("Mul", [x, y + "gate"], [y])
    }
    #expect(try RoleNetwork.check(model, "quick gelu").description == "reaches 0 rectifiers, but not 2 QuickGELU")
  }

  static let leaky: [Spelling] = [
    Spelling(testDescription: "LeakyReLU") { model, x, y in model.node("LeakyRelu", [x], [y], ["alpha": 0.25]) },
    Spelling(testDescription: "PReLU") { model, x, y in
      model.constant(y + "slope", [1, 1, 1], [0.25])
      model.node("PRelu", [x, y + "slope"], [y])
    },
    Spelling(testDescription: "LeakyReLU as Max(x, x / 4)") { model, x, y in
      model.constant(y + "slope", [], [0.25])
      model.node("Mul", [x, y + "slope"], [y + "scaled"])
      model.node("Max", [x, y + "scaled"], [y])
    },
    Spelling(testDescription: "LeakyReLU as Where(x > 0, x, x / 4)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "slope", [], [0.25])
      model.node("Mul", [x, y + "slope"], [y + "scaled"])
      model.node("Greater", [x, y + "0"], [y + "mask"])
      model.node("Where", [y + "mask", x, y + "scaled"], [y])
    },
    Spelling(testDescription: "LeakyReLU as Keras writes PReLU") { model, x, y in
      model.constant(y + "slope", [1, 1, 1], [-0.25])
      model.node("Relu", [x], [y + "positive"])
      model.node("Neg", [x], [y + "minus"])
      model.node("Relu", [y + "minus"], [y + "negative"])
      model.node("Mul", [y + "negative", y + "slope"], [y + "scaled"])
      model.node("Add", [y + "positive", y + "scaled"], [y])
    },
  ]

  @Test("a leaky rectifier keeps its plain gradient, and is named", arguments: leaky)
  func leakyRectifier(spelling: Spelling) throws {
    let coverage = try RoleNetwork.check(try RoleNetwork.model(spelling.write), "leaky relu")
    let name = spelling.testDescription.prefix { $0 != " " }
    #expect(coverage.description == "reaches 0 rectifiers, but not 2 \(name)")
    #expect(
      coverage.remark
        == "The guided rule reaches 0 rectifiers, but not 2 \(name); the others keep their plain gradient.")
  }

  // MARK: - Guards and gates

  private static let relu: RoleNetwork.Spelling = { model, x, y in model.node("Relu", [x], [y]) }

  static let roots: [Spelling] = [
    Spelling(testDescription: "Clip and Sqrt") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Clip", [x, y + "0"], [y + "clip"])
      model.node("Sqrt", [y + "clip"], [y])
    },
    Spelling(testDescription: "Relu and Sqrt") { model, x, y in
      model.node("Relu", [x], [y + "clip"])
      model.node("Sqrt", [y + "clip"], [y])
    },
    Spelling(testDescription: "Max, a shape and Pow") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "half", [], [0.5])
      model.integers(y + "shape", [1, 20, 3])
      model.node("Max", [x, y + "0"], [y + "clip"])
      model.node("Reshape", [y + "clip", y + "shape"], [y + "moved"])
      model.node("Pow", [y + "moved", y + "half"], [y])
    },
    Spelling(testDescription: "Clip, a number and Sqrt") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "small", [], [1e-12])
      model.node("Clip", [x, y + "0"], [y + "clip"])
      model.node("Add", [y + "clip", y + "small"], [y + "sum"])
      model.node("Sqrt", [y + "sum"], [y])
    },
  ]

  @Test("a bound that guards a root is no rectifier", arguments: roots)
  func root(spelling: Spelling) throws {
    let model = try RoleNetwork.model(Self.relu) { model, from, to in
      model.integers(to + "places", [1, 4, 20])
      model.constant(to + "two", [], [2])
      model.constant(to + "minusTwo", [], [-2])
      model.integers(to + "last", [-1])
      model.integers(to + "middle", [1])
      model.node("Reshape", [from, to + "places"], [to + "flat"])
      model.node("Transpose", [to + "flat"], [to + "rows"], ["perm": [0, 2, 1]])
      model.node("Pow", [to + "rows", to + "two"], [to + "squares"])
      model.node("ReduceSum", [to + "squares", to + "last"], [to + "norms"])
      model.node("Transpose", ["prototypes"], [to + "columns"], ["perm": [1, 0]])
      model.node("MatMul", [to + "rows", to + "columns"], [to + "products"])
      model.node("Mul", [to + "products", to + "minusTwo"], [to + "twice"])
      model.node("Mul", ["prototypes", "prototypes"], [to + "prototypeSquares"])
      model.node("ReduceSum", [to + "prototypeSquares", to + "middle"], [to + "prototypeNorms"], ["keepdims": 0])
      model.node("Add", [to + "norms", to + "twice"], [to + "some"])
      model.node("Add", [to + "some", to + "prototypeNorms"], [to + "all"])
      spelling.write(&model, to + "all", to + "distances")
      model.node("ReduceMin", [to + "distances"], [to], ["axes": [1], "keepdims": 0])
    }
    #expect(try RoleNetwork.check(model, "distances").description == Self.all)
  }

  @Test("a rectifier behind a convolution stays one, whatever is made of its maps")
  func powerNormalization() throws {
    let model = try RoleNetwork.model(Self.relu) { model, from, to in
      model.constant(to + "one", [], [1])
      model.node("Sqrt", [from], [to + "root"])
      model.node("Add", [to + "root", to + "one"], [to + "sum"])
      model.node("Log", [to + "sum"], [to + "log"])
      RoleNetwork.linear(&model, to + "log", to)
    }
    #expect(try model.withFile { try Network(contentsOfFile: $0).guidedRuleCoverage.rectifierCount } == 2)
  }

  @Test("what is not linear and not known is counted, also in front of a mean")
  func unknownActivations() throws {
    let sine = try RoleNetwork.model { model, x, y in model.node("Sin", [x], [y]) }
    let coverage = try sine.withFile { try Network(contentsOfFile: $0).guidedRuleCoverage }
    #expect(coverage.description == "reaches 0 rectifiers; whether 2 Sin would count is not known")
    #expect(!coverage.isComplete)
    let squared = try RoleNetwork.model { model, x, y in
      model.constant(y + "2", [], [2])
      model.node("Relu", [x], [y + "relu"])
      model.node("Pow", [y + "relu", y + "2"], [y])
    }
    #expect(try squared.withFile { try Network(contentsOfFile: $0).guidedRuleCoverage.description } == Self.all)
  }

  @Test("a gate that a map is multiplied by is no rectifier")
  func gate() throws {
    let model = try RoleNetwork.model(Self.relu) { model, from, to in
      model.node("GlobalAveragePool", [from], [to + "mean"])
      model.node("Flatten", [to + "mean"], [to + "flat"])
      model.node("Gemm", [to + "flat", "gate", "gateBias"], [to + "gate"], ["transB": 1])
      model.shiftedClip(to + "gate", to)
      model.node("Div", [to + "clip", to + "6"], [to + "weights"])
      model.integers(to + "shape", [1, 4, 1, 1])
      model.node("Reshape", [to + "weights", to + "shape"], [to + "weight"])
      model.node("Mul", [from, to + "weight"], [to + "maps"])
      RoleNetwork.linear(&model, to + "maps", to)
    }
    #expect(try RoleNetwork.check(model, "gate").description == Self.all)
  }

  static let means: [Spelling] = [
    Spelling(testDescription: "GlobalAveragePool") { model, x, y in
      model.node("GlobalAveragePool", [x], [y + "four"])
      model.node("Flatten", [y + "four"], [y])
    },
    Spelling(testDescription: "AveragePool") { model, x, y in
      model.node("AveragePool", [x], [y + "four"], ["kernel_shape": [5, 4]])
      model.node("Flatten", [y + "four"], [y])
    },
    Spelling(testDescription: "ReduceMean") { model, x, y in
      model.node("ReduceMean", [x], [y], ["axes": [2, 3], "keepdims": 0])
    },
  ]

  @Test("a bound in front of a generalised mean is no second rectifier, and pooling begins there", arguments: means)
  func generalizedMean(spelling: Spelling) throws {
    let end: RoleNetwork.Spelling = { model, from, to in
      model.constant(to + "small", [], [1e-6])
      model.constant(to + "three", [1], [3])
      model.constant(to + "third", [1], [1 / 3])
      model.node("Clip", [from, to + "small"], [to + "clip"])
      model.node("Pow", [to + "clip", to + "three"], [to + "cube"])
      spelling.write(&model, to + "cube", to + "pooled")
      model.node("Pow", [to + "pooled", to + "third"], [to + "root"])
      model.node("Gemm", [to + "root", "matrix", "shift"], [to], ["transB": 1])
    }
    let model = try RoleNetwork.model(Self.relu, end: end)
    #expect(try RoleNetwork.check(model, "generalized mean").description == Self.all)
    let layer = try model.withFile { try Network(contentsOfFile: $0).defaultLayer }
    #expect(layer?.layer.tensor == "act2")
    #expect(layer?.reason.description == "the Relu that closes the block of the last convolution, node_conv2")
  }

  @Test("where an optimiser has joined rectifier and bound, the two are one rectifier")
  func joinedWithGeneralizedMean() throws {
    let model = try RoleNetwork.model { model, x, y in
      guard y == "act2" else { return model.node("Relu", [x], [y]) }
      model.constant(y + "small", [], [1e-6])
      model.node("Clip", [x, y + "small"], [y])
    } end: { model, from, to in
      model.constant(to + "three", [1], [3])
      model.constant(to + "third", [1], [1 / 3])
      model.node("Pow", [from, to + "three"], [to + "cube"])
      model.node("ReduceMean", [to + "cube"], [to + "pooled"], ["axes": [2, 3], "keepdims": 0])
      model.node("Pow", [to + "pooled", to + "third"], [to + "root"])
      model.node("Gemm", [to + "root", "matrix", "shift"], [to], ["transB": 1])
    }
    #expect(try RoleNetwork.check(model, "generalized mean").description == Self.all)
    #expect(try model.withFile { try Network(contentsOfFile: $0).defaultLayer?.layer.tensor } == "act2")
  }
}

extension ONNXBuilder {
  /// Clip(x + 3, 0, 6), as `y` with “clip” behind it.
  fileprivate mutating func shiftedClip(_ x: String, _ y: String) {
    constant(y + "0", [], [0])
    constant(y + "3", [], [3])
    constant(y + "6", [], [6])
    node("Add", [x, y + "3"], [y + "sum"])
    node("Clip", [y + "sum", y + "0", y + "6"], [y + "clip"])
  }
}
