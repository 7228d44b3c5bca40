import Testing

@testable import Network

@Suite("Coverage of the operators")
struct OperatorCoverageTests {
  /// The cases are arguments of other tests, which would pass in silence if there were none.
  @Test("the operators with cases from PyTorch")
  func operators() throws {
    #expect(
      Set(try OperatorCase.load().map(\.operator)) == [
        "Add", "AveragePool", "BatchNormalization", "Clip", "Concat", "Conv", "Div", "Dropout", "Flatten", "Gemm",
        "GlobalAveragePool", "GlobalMaxPool", "Identity", "LRN", "MatMul", "MaxPool", "Mul", "Pad", "ReduceMean",
        "Relu", "Reshape", "Softmax", "Squeeze", "Sub", "Sum", "Transpose", "Unsqueeze",
      ])
  }
}
