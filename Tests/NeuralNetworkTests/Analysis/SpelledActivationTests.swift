import NeuralNetwork
import TestSupport
import Testing

/// What an activation is follows from its values: PyTorch's answers, in whatever spelling, and no name for what has other values.
@Suite("Activations in every spelling")
struct SpelledActivationTests {
  struct Spelling: CustomTestStringConvertible {
    let testDescription: String
    /// The network of Fixtures/roles.json.
    let network: String
    /// What is told of it, behind “reaches 0 rectifiers”.
    let told: String
    let write: RoleNetwork.Spelling

    init(_ text: String, _ network: String, _ told: String, _ write: @escaping RoleNetwork.Spelling) {
      (testDescription, self.network, self.told, self.write) = (text, network, told, write)
    }
  }

  static let activations: [Spelling] = [
    Spelling("sigmoid(x) · x", "silu", ", but not 2 SiLU") { model, x, y in
      model.node("Sigmoid", [x], [y + "gate"])
      model.node("Mul", [y + "gate", x], [y])
    },
    Spelling("x / (1 + exp(−x))", "silu", ", but not 2 SiLU") { model, x, y in
      model.constant(y + "1", [1], [1])
      model.node("Neg", [x], [y + "minus"])
      model.node("Exp", [y + "minus"], [y + "exp"])
      model.node("Add", [y + "exp", y + "1"], [y + "sum"])
      model.node("Div", [x, y + "sum"], [y])
    },
    Spelling("x · tanh(Softplus(x))", "mish", ", but not 2 Mish") { model, x, y in
      model.node("Softplus", [x], [y + "plus"])
      model.node("Tanh", [y + "plus"], [y + "tanh"])
      model.node("Mul", [x, y + "tanh"], [y])
    },
    Spelling("tanh(log(1 + exp(x))) · x", "mish", ", but not 2 Mish") { model, x, y in
      model.softplus(x, y + "plus")
      model.node("Tanh", [y + "plus"], [y + "tanh"])
      model.node("Mul", [y + "tanh", x], [y])
    },
    Spelling("x · ½ · (1 + erf(x / √2))", "gelu", ", but not 2 GELU") { model, x, y in
      model.constant(y + "root", [1, 1, 1, 1], [1.4142135])
      model.constant(y + "half", [], [0.5])
      model.constant(y + "1", [1], [1])
      model.node("Div", [x, y + "root"], [y + "scaled"])
      model.node("Erf", [y + "scaled"], [y + "erf"])
      model.node("Add", [y + "1", y + "erf"], [y + "sum"])
      model.node("Mul", [y + "half", x], [y + "halved"])
      model.node("Mul", [y + "halved", y + "sum"], [y])
    },
    Spelling("½ x (1 + tanh(√(2/π) (x + 0.0447 x³))), constants as nodes", "gelu by tanh", ", but not 2 GELU") {
      model, x, y in
      for (name, value) in [("3", 3), ("c", 0.044715), ("root", 0.7978846), ("half", 0.5), ("1", 1)]
        as [(String, Float)]
      {
        model.node("Constant", [], [y + name], ["value": .tensor(ONNXTensorLiteral(shape: [], [value]))])
      }
      model.node("Pow", [x, y + "3"], [y + "cube"])
      model.node("Mul", [y + "cube", y + "c"], [y + "small"])
      model.node("Add", [y + "small", x], [y + "inner"])
      model.node("Mul", [y + "root", y + "inner"], [y + "scaled"])
      model.node("Tanh", [y + "scaled"], [y + "tanh"])
      model.node("Add", [y + "tanh", y + "1"], [y + "sum"])
      model.node("Mul", [y + "sum", x], [y + "product"])
      model.node("Mul", [y + "half", y + "product"], [y])
    },
    Spelling("log(1 + exp(x))", "softplus", ", but not 2 Softplus") { model, x, y in model.softplus(x, y) },
    Spelling("max(x, 0) + log(1 + exp(−|x|))", "softplus", ", but not 2 Softplus") { model, x, y in
      model.node("Abs", [x], [y + "abs"])
      model.node("Neg", [y + "abs"], [y + "minus"])
      model.softplus(y + "minus", y + "plus")
      model.node("Relu", [x], [y + "relu"])
      model.node("Add", [y + "relu", y + "plus"], [y])
    },
    Spelling("max(x, 0) + min(exp(x) − 1, 0)", "elu", ", but not 2 ELU") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "1", [], [1])
      model.node("Max", [y + "0", x], [y + "positive"])
      model.node("Exp", [x], [y + "exp"])
      model.node("Sub", [y + "exp", y + "1"], [y + "less"])
      model.node("Min", [y + "less", y + "0"], [y + "negative"])
      model.node("Add", [y + "positive", y + "negative"], [y])
    },
    Spelling("Relu(x) − Relu(1 − exp(x))", "elu", ", but not 2 ELU") { model, x, y in
      model.constant(y + "1", [], [1])
      model.node("Exp", [x], [y + "exp"])
      model.node("Sub", [y + "1", y + "exp"], [y + "rest"])
      model.node("Relu", [y + "rest"], [y + "negative"])
      model.node("Relu", [x], [y + "positive"])
      model.node("Sub", [y + "positive", y + "negative"], [y])
    },
    Spelling("max(x, 0) + min(½ (exp(2x) − 1), 0)", "celu", ", but not 2 CELU") { model, x, y in
      for (name, value) in [("0", 0), ("1", 1), ("2", 2), ("half", 0.5)] as [(String, Float)] {
        model.constant(y + name, [1], [value])
      }
      model.node("Mul", [y + "2", x], [y + "twice"])
      model.node("Exp", [y + "twice"], [y + "exp"])
      model.node("Sub", [y + "exp", y + "1"], [y + "less"])
      model.node("Mul", [y + "less", y + "half"], [y + "scaled"])
      model.node("Min", [y + "scaled", y + "0"], [y + "negative"])
      model.node("Relu", [x], [y + "positive"])
      model.node("Add", [y + "negative", y + "positive"], [y])
    },
    Spelling("λ · Where(x > 0, x, α (exp(x) − 1))", "selu", ", but not 2 SELU") { model, x, y in
      for (name, value) in [("0", 0), ("1", 1), ("alpha", 1.6732632), ("scale", 1.050701)] as [(String, Float)] {
        model.constant(y + name, [], [value])
      }
      model.node("Exp", [x], [y + "exp"])
      model.node("Sub", [y + "exp", y + "1"], [y + "less"])
      model.node("Mul", [y + "alpha", y + "less"], [y + "negative"])
      model.node("Greater", [x, y + "0"], [y + "mask"])
      model.node("Where", [y + "mask", x, y + "negative"], [y + "elu"])
      model.node("Mul", [y + "scale", y + "elu"], [y])
    },
    Spelling("Clip(x + 3, 0, 6) / 6", "hard sigmoid", ", but not 2 HardSigmoid") { model, x, y in
      model.shiftedClip(x, y, shift: 3)
      model.node("Div", [y + "clip", y + "6"], [y])
    },
    Spelling("Clip(x, 0) + ¼ · Clip(x, −∞, 0)", "leaky relu", ", but not 2 LeakyReLU") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "slope", [1, 1, 1, 1], [0.25])
      model.node("Clip", [x, y + "0"], [y + "positive"])
      model.node("Clip", [x, "", y + "0"], [y + "negative"])
      model.node("Mul", [y + "slope", y + "negative"], [y + "scaled"])
      model.node("Add", [y + "positive", y + "scaled"], [y])
    },
    Spelling("Max(¼ · x, x)", "leaky relu", ", but not 2 LeakyReLU") { model, x, y in
      model.constant(y + "slope", [1], [0.25])
      model.node("Mul", [y + "slope", x], [y + "scaled"])
      model.node("Max", [y + "scaled", x], [y])
    },
  ]

  @Test("smooth ones and leaky ones keep their plain gradient, and are named", arguments: activations)
  func activation(spelling: Spelling) throws { try check(spelling) }

  static let nearMisses: [Spelling] = [
    Spelling("x · Clip(x + 2, 0, 6) / 6 is no HardSwish", "x relu6(x + 2) / 6", ", but not 2 self-gated Clip") {
      model, x, y in
      model.shiftedClip(x, y, shift: 2)
      model.node("Mul", [x, y + "clip"], [y + "product"])
      model.node("Div", [y + "product", y + "6"], [y])
    },
    Spelling("x · Clip(x + 3, 0, 6) / 5 is one times a number", "x relu6(x + 3) / 5", ", but not 2 scaled HardSwish") {
      model, x, y in
      model.shiftedClip(x, y, shift: 3)
      model.constant(y + "5", [], [5])
      model.node("Mul", [y + "clip", x], [y + "product"])
      model.node("Div", [y + "product", y + "5"], [y])
    },
    Spelling("x · tanh(x) is no GELU", "x tanh(x)", ", but not 2 self-gated Tanh") { model, x, y in
      model.node("Tanh", [x], [y + "tanh"])
      model.node("Mul", [x, y + "tanh"], [y])
    },
    Spelling("x · (x > ½) is no rectifier", "threshold", ", but not 2 ThresholdedReLU") { model, x, y in
      model.constant(y + "half", [], [0.5])
      model.node("Greater", [x, y + "half"], [y + "mask"])
      model.node("Cast", [y + "mask"], [y + "number"], ["to": 1])
      model.node("Mul", [y + "number", x], [y])
    },
    Spelling("Where(x > ½, x, 0) neither", "threshold", ", but not 2 ThresholdedReLU") { model, x, y in
      model.constant(y + "half", [], [0.5])
      model.constant(y + "0", [], [0])
      model.node("Greater", [x, y + "half"], [y + "mask"])
      model.node("Where", [y + "mask", x, y + "0"], [y])
    },
  ]

  @Test("what has other values has another name", arguments: nearMisses)
  func nearMiss(spelling: Spelling) throws { try check(spelling) }

  private func check(_ spelling: Spelling) throws {
    let coverage = try RoleNetwork.check(try RoleNetwork.model(spelling.write), spelling.network)
    #expect(coverage.description == "reaches 0 rectifiers" + spelling.told)
  }

  @Test("x · sigmoid(1.3 x) is a Swish, and an error function alone no GELU")
  func others() throws {
    let swish = try RoleNetwork.model { model, x, y in
      model.constant(y + "slope", [], [1.3])
      model.node("Mul", [y + "slope", x], [y + "scaled"])
      model.node("Sigmoid", [y + "scaled"], [y + "gate"])
      model.node("Mul", [x, y + "gate"], [y])
    }
    #expect(try coverage(swish).description == "reaches 0 rectifiers, but not 2 Swish")
    let erf = try RoleNetwork.model { model, x, y in model.node("Erf", [x], [y]) }
    #expect(try coverage(erf).description == "reaches 0 rectifiers, but not 2 Erf")
  }

  @Test("half of a value is no activation, and a number in front of one changes no name")
  func scaled() throws {
    let model = try RoleNetwork.model { model, x, y in
      model.constant(y + "half", [], [0.5])
      model.node("Mul", [x, y + "half"], [y + "before"])
      model.node("Sigmoid", [y + "before"], [y + "gate"])
      model.node("Mul", [y + "before", y + "gate"], [y + "silu"])
      model.node("Mul", [y + "half", y + "silu"], [y])
    }
    #expect(try coverage(model).description == "reaches 0 rectifiers, but not 2 SiLU")
  }

  @Test("a square behind a rectifier leaves it one", arguments: ["Pow", "Mul"])
  func squared(operatorType: String) throws {
    let model = try RoleNetwork.model { model, x, y in
      model.constant(y + "2", [], [2])
      model.node("Relu", [x], [y + "relu"])
      model.node(operatorType, [y + "relu", operatorType == "Pow" ? y + "2" : y + "relu"], [y])
    }
    #expect(try RoleNetwork.check(model, "squared relu").description == "reaches 2 rectifiers, all there are")
  }

  @Test("slopes that differ from channel to channel make a PReLU")
  func slopes() throws {
    let model = try RoleNetwork.model { model, x, y in
      let channels = y == "act1" ? 3 : 4
      model.constant(y + "slope", [1, channels, 1, 1], (0..<channels).map { Float($0 + 1) / 10 })
      model.node("Mul", [x, y + "slope"], [y + "scaled"])
      model.node("Max", [x, y + "scaled"], [y])
    }
    #expect(try coverage(model).description == "reaches 0 rectifiers, but not 2 PReLU")
  }

  @Test("the rule of deconvolution leaves rectifiers with an upper bound their derivative, and says so")
  func deconvolution() throws {
    let model = try RoleNetwork.model { model, x, y in
      guard y == "act2" else { return model.node("Relu", [x], [y]) }
      model.constant(y + "0", [], [0])
      model.constant(y + "6", [], [6])
      model.node("Clip", [x, y + "0", y + "6"], [y])
    }
    let coverage = try coverage(model)
    #expect(coverage.remark == nil)
    #expect(
      coverage.remark(of: .deconvolution)
        == "The rule of deconvolution reaches 1 rectifier, but not 1 ReLU with an upper bound; the others keep their plain "
        + "gradient.")
    // The second rectifier alone: the deconvolved gradient at its input is the plain one.
    let found = try model.withFile { path in
      let network = try Network(contentsOfFile: path)
      let layer = try network.layer(named: "conv2")
      let picture = Tensor(shape: network.inputShape, (0..<network.inputShape.reduce(1, *)).map { Float($0 % 7) - 3 })
      return try network.forward(picture, keeping: [layer]).gradients([
        GradientRequest(classIndex: 1, layers: [layer]),
        GradientRequest(classIndex: 1, rule: .deconvolution, layers: [layer]),
      ]).map { try #require($0.layers[layer]) }
    }
    #expect(found[0].values.contains { $0 != 0 })
    #expect(found[0] == found[1])
  }

  private func coverage(_ model: ONNXBuilder) throws -> GuidedRuleCoverage {
    try model.withFile { try Network(contentsOfFile: $0).guidedRuleCoverage }
  }
}

extension ONNXBuilder {
  /// log(1 + exp(x)).
  fileprivate mutating func softplus(_ x: String, _ y: String) {
    constant(y + "1", [1], [1])
    node("Exp", [x], [y + "exp"])
    node("Add", [y + "1", y + "exp"], [y + "sum"])
    node("Log", [y + "sum"], [y])
  }

  /// Clip(x + shift, 0, 6), as `y` with “clip” behind it.
  fileprivate mutating func shiftedClip(_ x: String, _ y: String, shift: Float) {
    constant(y + "0", [], [0])
    constant(y + "shift", [], [shift])
    constant(y + "6", [], [6])
    node("Add", [x, y + "shift"], [y + "sum"])
    node("Clip", [y + "sum", y + "0", y + "6"], [y + "clip"])
  }
}
