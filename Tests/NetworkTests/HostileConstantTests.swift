import Diagnostics
import TestSupport
import Testing

@testable import Network

/// The standard's cases with impossible numbers in the place of their indices, sizes and bounds.
@Suite("Impossible constants do no harm", .enabled(if: ONNXNodeCase.isPresent, "\(ReferenceData.absence)"))
struct HostileConstantTests {
  @Test("a case runs or is refused with a diagnostic", arguments: [Int64.min, -1, 0, 1 << 40, Int64.max])
  func integers(value: Int64) throws {
    try run { constant in
      constant.elementType == .int64
        ? Constant(shape: constant.shape, [Int64](repeating: value, count: constant.count)) : constant
    }
  }

  @Test("numbers without a value are refused or passed on", arguments: [Float.nan, .infinity, -.infinity, 0, 1e30])
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
