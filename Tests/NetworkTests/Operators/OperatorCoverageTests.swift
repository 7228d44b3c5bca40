import Testing

@testable import Network

@Suite("Coverage of the operators")
struct OperatorCoverageTests {
  /// The cases are arguments of other tests, which would pass in silence if there were none.
  @Test("the operators with cases from PyTorch")
  func operators() throws {
    #expect(
      Set(try OperatorCase.load().map(\.operator)) == [
        "Acos", "Acosh", "Add", "And", "ArgMax", "ArgMin", "Asin", "Asinh", "Atan", "Atanh", "AveragePool",
        "BatchNormalization", "Cast", "CastLike", "Clip", "Concat", "Conv", "Cosh", "CumSum", "Div", "Dropout",
        "Einsum", "Equal", "Flatten", "GatherElements", "GatherND", "Gemm", "GlobalAveragePool", "GlobalMaxPool",
        "Greater", "GreaterOrEqual", "Hardmax", "Identity", "LRN", "Less", "LessOrEqual", "MatMul", "MaxPool",
        "Mul", "Not", "OneHot", "Or", "Pad", "RMSNormalization", "ReduceLogSum", "ReduceLogSumExp", "ReduceMean",
        "ReduceProd", "Relu", "Reshape", "ScatterElements", "Shrink", "Sinh", "Softmax", "Squeeze", "Sub", "Sum",
        "Swish", "Tan", "TopK", "Transpose", "Trilu", "Unsqueeze", "Where", "Xor",
      ])
  }
}
