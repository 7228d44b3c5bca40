import Diagnostics
import TestSupport
import Testing

@testable import NeuralNetwork

/// Cases of operators with impossible numbers in the place of their indices, sizes, weights and bounds.
@Suite("Impossible constants do no harm")
struct HostileConstantTests {
  /// None of them is more than a Float holds exactly.
  @Test(
    "one of our cases runs or is refused with a diagnostic",
    arguments: [OperatorCase.Input.Kind.integers, .constant],
    [Float(Int64.min), -1, 0, 7, 0x1p31, 0x1p40, 0x1p62])
  func ownCases(kind: OperatorCase.Input.Kind, value: Float) throws {
    try runOwnCases { input in
      if input.kind == kind { input.values = input.values.map { _ in value } }
    }
  }

  @Test(
    "numbers without a value among our own are refused or passed on", arguments: [Float.nan, .infinity, -.infinity])
  func ownCases(value: Float) throws {
    try runOwnCases { input in
      if input.kind == .constant { input.values = input.values.map { _ in value } }
    }
  }

  private func runOwnCases(_ change: (inout OperatorCase.Input) -> Void) throws {
    for var testCase in try OperatorCase.load() where testCase.inputs.contains(where: { $0.kind != .variable }) {
      for index in testCase.inputs.indices { change(&testCase.inputs[index]) }
      do {
        let run = try ModelRun(testCase.model(isBetweenConvolutions: false), inputs: testCase.variables)
        _ = try run.gradients([[Float](repeating: 1, count: try run.output.values.count)])
      } catch is DiagnosticList {
      } catch is Diagnostic {
      }
    }
  }

  @Test(
    "one of the standard’s cases runs or is refused with a diagnostic",
    .enabled(if: ONNXNodeCase.isPresent, "\(ReferenceData.absence)"), arguments: [Int64.min, -1, 0, 1 << 40, Int64.max])
  func integers(value: Int64) throws {
    try run { constant in
      constant.elementType == .int64
        ? Constant(shape: constant.shape, [Int64](repeating: value, count: constant.count)) : constant
    }
  }

  @Test(
    "numbers without a value among the standard’s are refused or passed on",
    .enabled(if: ONNXNodeCase.isPresent, "\(ReferenceData.absence)"),
    arguments: [Float.nan, .infinity, -.infinity, 0, 1e30])
  func floats(value: Float) throws {
    try run { constant in
      constant.elementType == .float32
        ? Constant(shape: constant.shape, [Float](repeating: value, count: constant.count)) : constant
    }
  }

  private func run(_ transform: (Constant) -> Constant) throws {
    var handled = 0
    for name in try ONNXNodeCase.names() {
      let original = try ONNXNodeCase(name)
      let count = original.inputs.count
      // The first input stays what it is, or its shape would be all that is left of the case.
      let inputs = original.inputs.enumerated().map { $0 == 0 && count > 1 ? $1 : transform($1) }
      do {
        let prepared = try PreparedCase(model: original.model, inputs: inputs, activations: [])
        _ = try prepared.trace([])
        handled += 1
      } catch is DiagnosticList {
        handled += 1
      }
    }
    #expect(handled > 100)
  }
}
