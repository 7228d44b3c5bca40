import TestSupport
import Testing

@testable import NeuralNetwork

/// Every case of Fixtures/operators.json: the output and the gradients are PyTorch's and agree with finite differences.
@Suite("Operators one by one")
struct OperatorCaseTests {
  @Test("PyTorch and finite differences", arguments: try OperatorCase.load())
  func reference(testCase: OperatorCase) throws {
    let registration = try #require(OperatorTable.registration(testCase.operatorType, opset: testCase.opset))
    // What steps has no derivative, and the condition of a choice steps too.
    try check(testCase, differences: registration.gradient == .full && testCase.operatorType != "Where")
  }

  @Test("every operator that runs on activations has a case here, and no case is of another")
  func coverage() throws {
    let known = OperatorTable.builders.filter { $0.value.contains { $0.gradient != .constant } }.keys
    #expect(Set(known).symmetricDifference(try OperatorCase.load().map(\.operatorType)).sorted() == [])
  }

  @Test("every operator that has a gradient has a case whose gradient is not zero, and no other operator has")
  func gradients() throws {
    let moving = Set(try OperatorCase.load().filter { $0.gradients.joined().contains { $0 != 0 } }.map(\.operatorType))
    let claimed = OperatorTable.builders.filter { $0.value.contains { $0.gradient == .full } }.keys
    #expect(moving.symmetricDifference(claimed).sorted() == [])
  }

  @Test("references are finite")
  func references() throws {
    for testCase in try OperatorCase.load() {
      let numbers = testCase.output + testCase.upstream + testCase.gradients.flatMap { $0 }
      #expect(!numbers.contains { !$0.isFinite }, "\(testCase.name)")
      #expect(testCase.gradients.count == testCase.variables.count, "\(testCase.name)")
    }
  }
}
