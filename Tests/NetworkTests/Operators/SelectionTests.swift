import TestSupport
import Testing

@testable import Network

@Suite("Operators that choose, compare, count and contract")
struct SelectionTests {
  private static let compared = [
    "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or", "Xor", "Not", "Where", "Cast", "CastLike",
    "OneHot", "Round", "Sign", "IsNaN", "IsInf",
  ]
  private static let reduced = [
    "ReduceLogSumExp", "ReduceLogSum", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceMin", "CumSum",
    "Trilu", "Einsum",
  ]
  private static let chosen = [
    "TopK", "ArgMax", "ArgMin", "Hardmax", "GatherElements", "GatherND", "ScatterElements", "Scatter",
  ]
  private static let functions = [
    "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh", "Shrink", "Swish", "RMSNormalization",
    "Sin", "Cos", "Tanh", "Softplus", "Softsign", "Reciprocal", "Mish", "ThresholdedRelu", "GroupNormalization",
    "Upsample",
  ]

  @Test("comparisons and choices by them", arguments: compared.flatMap(OperatorCase.all))
  func comparison(testCase: OperatorCase) throws { try check(testCase, differences: false) }

  @Test("reductions and contractions", arguments: reduced.flatMap(OperatorCase.all))
  func reduction(testCase: OperatorCase) throws { try check(testCase) }

  @Test("elements by rank or by index", arguments: chosen.flatMap(OperatorCase.all))
  func choice(testCase: OperatorCase) throws { try check(testCase) }

  @Test("functions of one number", arguments: functions.flatMap(OperatorCase.all))
  func function(testCase: OperatorCase) throws { try check(testCase) }

  @Test("positions of the largest elements come with them, and can be read as numbers")
  func positions() throws {
    var model = ONNXBuilder()
    model.input("x", [1, 4])
    model.integers("two", [2])
    model.node("TopK", ["x", "two"], ["values", "positions"])
    model.node("Cast", ["positions"], ["y"], ["to": 1])
    model.output("y")
    let run = try ModelRun(model, inputs: [Tensor(shape: [1, 4], [0.5, 3, -1, 2])])
    #expect(try run.output == Tensor(shape: [1, 2], [1, 3]))
    #expect(try run.gradients([[1, 1]])[0][0].values == [0, 0, 0, 0])
  }

  @Test("the same operators work on shapes")
  func constants() throws {
    let x = Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6])
    #expect(try ModelRun(Self.reshaping, inputs: [x]).output == Tensor(shape: [3, 2], x.values))
  }

  /// Reshape to a shape that is computed from the input's own.
  private static var reshaping: ONNXBuilder {
    var model = ONNXBuilder()
    model.input("x", [2, 3])
    model.node("Shape", ["x"], ["shape"])
    model.integers("order", [1, 0])
    model.integers("axis", [], [0])
    model.node("GatherElements", ["shape", "order"], ["swapped"])
    model.node("CumSum", ["swapped", "axis"], ["sums"])
    model.node("Sub", ["sums", "swapped"], ["before"])
    model.node("Add", ["before", "swapped"], ["again"])
    model.node("Sub", ["again", "before"], ["target"])
    model.node("Reshape", ["x", "target"], ["y"])
    model.output("y")
    return model
  }
}
