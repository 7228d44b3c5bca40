import Foundation
import TestSupport
import Testing

@testable import Network

/// Graphs of the ONNX Model Zoo with the answers of the standard's own tests, within the standard's tolerance.
@Suite("The ONNX standard's models", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct ONNXModelTests {
  static let cases = StandardCase.all(in: ReferenceData.url("onnx-model-tests", orVariable: "ONNX_MODEL_TESTS"))

  @Test("probabilities", arguments: cases)
  func model(testCase: StandardCase) throws {
    let network = try Network(contentsOfFile: testCase.modelPath)
    let input = try testCase.constant(#require(testCase.messages("input").first))
    let expected = try testCase.constant(#require(testCase.messages("output").first))
    let trace = try network.forward(Tensor(shape: input.shape, input.floats))
    let probabilities = Tensor(shape: expected.shape, trace.probabilities)
    #expect(probabilities.isNear(Tensor(shape: expected.shape, expected.floats), relative: 1e-3, absolute: 1e-5))
  }

  @Test("the folder has cases") func isNotEmpty() { #expect(!Self.cases.isEmpty) }
}
