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
        "BatchNormalization", "Cast", "CastLike", "Clip", "Concat", "Conv", "Cos", "Cosh", "CumSum", "Div",
        "Dropout", "Einsum", "Equal", "Flatten", "GatherElements", "GatherND", "Gemm", "GlobalAveragePool",
        "GlobalMaxPool", "Greater", "GreaterOrEqual", "GroupNormalization", "Hardmax", "Identity", "IsInf", "IsNaN",
        "LRN", "Less", "LessOrEqual", "MatMul", "MaxPool", "Mish", "Mul", "Not", "OneHot", "Or", "Pad",
        "RMSNormalization", "Reciprocal", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMean",
        "ReduceMin", "ReduceProd", "ReduceSumSquare", "Relu", "Reshape", "Round", "Scatter", "ScatterElements",
        "Shrink", "Sign", "Sin", "Sinh", "Softmax", "Softplus", "Softsign", "Squeeze", "Sub", "Sum", "Swish", "Tan",
        "Tanh", "ThresholdedRelu", "TopK", "Transpose", "Trilu", "Unsqueeze", "Upsample", "Where", "Xor",
      ])
  }
}
