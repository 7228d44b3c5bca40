import NeuralNetwork
import TestSupport
import Testing

/// What a rectifier is follows from what it does: PyTorch's guided gradients, whatever an exporter calls it.
@Suite("Rectifiers in every spelling")
struct RectifierSpellingTests {
  struct Spelling: CustomTestStringConvertible {
    let testDescription: String
    var opset = 17
    let write: RoleNetwork.Spelling
  }

  private static let all = "reaches 2 rectifiers, all there are"

  static let rectifiers: [Spelling] = [
    Spelling(testDescription: "Relu") { model, x, y in model.node("Relu", [x], [y]) },
    Spelling(testDescription: "Clip from 0") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Clip", [x, y + "0"], [y])
    },
    Spelling(testDescription: "Clip from 0 by attributes", opset: 10) { model, x, y in
      model.node("Clip", [x], [y], ["min": 0.0])
    },
    Spelling(testDescription: "Clip from 0 to the largest number of half precision") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "1", [], [65504])
      model.node("Clip", [x, y + "0", y + "1"], [y])
    },
    Spelling(testDescription: "joined with a small lower bound") { model, x, y in
      model.constant(y + "0", [], [1e-8])
      model.node("Clip", [x, y + "0"], [y])
    },
    Spelling(testDescription: "Relu and a small lower bound") { model, x, y in
      model.constant(y + "0", [], [1e-8])
      model.node("Relu", [x], [y + "relu"])
      model.node("Clip", [y + "relu", y + "0"], [y])
    },
    Spelling(testDescription: "Max(x, 0)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Max", [x, y + "0"], [y])
    },
    Spelling(testDescription: "Max(0, x)") { model, x, y in
      model.constant(y + "0", [1, 1, 1, 1], [0])
      model.node("Max", [y + "0", x], [y])
    },
    Spelling(testDescription: "Where(x > 0, x, 0)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Greater", [x, y + "0"], [y + "mask"])
      model.node("Where", [y + "mask", x, y + "0"], [y])
    },
    Spelling(testDescription: "Where(0 < x, x, 0)") { model, x, y in
      model.constant(y + "0", [1], [0])
      model.node("Less", [y + "0", x], [y + "mask"])
      model.node("Where", [y + "mask", x, y + "0"], [y])
    },
    Spelling(testDescription: "Where(x <= 0, 0, x), as a threshold is written") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("LessOrEqual", [x, y + "0"], [y + "mask"])
      model.node("Where", [y + "mask", y + "0", x], [y])
    },
    Spelling(testDescription: "Where(not x > 0, 0, x)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Greater", [x, y + "0"], [y + "more"])
      model.node("Not", [y + "more"], [y + "mask"])
      model.node("Where", [y + "mask", y + "0", x], [y])
    },
    Spelling(testDescription: "Where(x > 0, x, 0 · x)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Mul", [x, y + "0"], [y + "zeros"])
      model.node("Greater", [x, y + "0"], [y + "mask"])
      model.node("Where", [y + "mask", x, y + "zeros"], [y])
    },
    Spelling(testDescription: "x · (x > 0)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Greater", [x, y + "0"], [y + "mask"])
      model.node("Cast", [y + "mask"], [y + "number"], ["to": 1])
      model.node("Mul", [x, y + "number"], [y])
    },
    Spelling(testDescription: "(x > 0) · x") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Greater", [x, y + "0"], [y + "mask"])
      model.node("Cast", [y + "mask"], [y + "number"], ["to": 1])
      model.node("Mul", [y + "number", x], [y])
    },
    Spelling(testDescription: "½ · (x + |x|)") { model, x, y in
      model.constant(y + "half", [], [0.5])
      model.node("Abs", [x], [y + "abs"])
      model.node("Add", [x, y + "abs"], [y + "sum"])
      model.node("Mul", [y + "half", y + "sum"], [y])
    },
    Spelling(testDescription: "(|x| + x) / 2") { model, x, y in
      model.constant(y + "two", [], [2])
      model.node("Abs", [x], [y + "abs"])
      model.node("Add", [y + "abs", x], [y + "sum"])
      model.node("Div", [y + "sum", y + "two"], [y])
    },
    Spelling(testDescription: "x − min(x, 0)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Min", [x, y + "0"], [y + "negative"])
      model.node("Sub", [x, y + "negative"], [y])
    },
    Spelling(testDescription: "−min(−x, 0)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.node("Neg", [x], [y + "minus"])
      model.node("Min", [y + "minus", y + "0"], [y + "negative"])
      model.node("Neg", [y + "negative"], [y])
    },
    Spelling(testDescription: "LeakyRelu without a slope") { model, x, y in
      model.node("LeakyRelu", [x], [y], ["alpha": 0.0])
    },
    Spelling(testDescription: "PRelu without a slope") { model, x, y in
      model.constant(y + "0", [1, 1, 1], [0])
      model.node("PRelu", [x, y + "0"], [y])
    },
    Spelling(testDescription: "ThresholdedRelu at 0") { model, x, y in
      model.node("ThresholdedRelu", [x], [y], ["alpha": 0.0])
    },
  ]

  @Test("max(x, 0)", arguments: rectifiers)
  func rectifier(spelling: Spelling) throws {
    let coverage = try RoleNetwork.check(try RoleNetwork.model(opset: spelling.opset, spelling.write), "relu")
    #expect(coverage.description == Self.all)
    #expect(coverage.remark == nil)
  }

  static let bounded: [Spelling] = [
    Spelling(testDescription: "Clip") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "b", [], [1.5])
      model.node("Clip", [x, y + "0", y + "b"], [y])
    },
    Spelling(testDescription: "Min(Max(x, 0), b)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "b", [], [1.5])
      model.node("Max", [x, y + "0"], [y + "max"])
      model.node("Min", [y + "max", y + "b"], [y])
    },
    Spelling(testDescription: "Max(Min(x, b), 0)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "b", [], [1.5])
      model.node("Min", [y + "b", x], [y + "min"])
      model.node("Max", [y + "min", y + "0"], [y])
    },
    Spelling(testDescription: "Min(Relu(x), b)") { model, x, y in
      model.constant(y + "b", [], [1.5])
      model.node("Relu", [x], [y + "relu"])
      model.node("Min", [y + "relu", y + "b"], [y])
    },
    Spelling(testDescription: "Clip(Relu(x), 0, b)") { model, x, y in
      model.constant(y + "0", [], [0])
      model.constant(y + "b", [], [1.5])
      model.node("Relu", [x], [y + "relu"])
      model.node("Clip", [y + "relu", y + "0", y + "b"], [y])
    },
  ]

  @Test("min(max(x, 0), b)", arguments: bounded)
  func boundedRectifier(spelling: Spelling) throws {
    let coverage = try RoleNetwork.check(try RoleNetwork.model(spelling.write), "relu with upper bound")
    #expect(coverage.description == Self.all)
    #expect(coverage.remark == nil)
  }
}
