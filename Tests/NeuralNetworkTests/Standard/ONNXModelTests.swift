import Foundation
import TestSupport
import Testing

@testable import NeuralNetwork

/// Graphs of the ONNX Model Zoo with the answers of the standard's own tests, within the standard's tolerance.
@Suite("The ONNX standard's models", .enabled(if: !StandardCase.models.isEmpty, "\(ReferenceData.absence)"))
struct ONNXModelTests {
  @Test("probabilities of every case of the folder")
  func everyCase() {
    var tally = CaseTally()
    for testCase in StandardCase.models { tally.run(testCase.testDescription) { try check(testCase) } }
    tally.report()
    #expect(tally.isClean)
  }

  private func check(_ testCase: StandardCase) throws {
    let network = try Network(contentsOfFile: testCase.modelPath)
    let input = try testCase.constant(#require(testCase.messages("input").first))
    let expected = try testCase.constant(#require(testCase.messages("output").first))
    let trace = try network.forward(Tensor(shape: input.shape, input.floats))
    guard agree(trace.probabilities, with: expected.floats, relative: 1e-3, absolute: 1e-5) else {
      throw CaseTally.Deviation(text: "the probabilities are others")
    }
  }
}

extension StandardCase {
  /// The models of `ONNX_MODEL_TESTS`, or else of the reference data.
  fileprivate static let models = all(in: ReferenceData.url("onnx-model-tests", orVariable: "ONNX_MODEL_TESTS"))
}
