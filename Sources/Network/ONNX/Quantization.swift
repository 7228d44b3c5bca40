import Diagnostics

/// Models that compute with integers of 8 bits or fewer. Rounding has no gradient, so there is nothing to explain in them.
enum Quantization {
  /// What to say of a model with such nodes; `nil` where there are none.
  static func fault(in nodes: [ONNXNode]) -> Diagnostic? {
    let found = nodes.filter { isQuantized($0.operatorType) }
    guard let first = found.first else { return nil }
    let kinds = Set(found.map(\.operatorType)).sorted().joined(separator: ", ")
    return .error(
      "the model is quantised to integers of few bits, which have no gradients: \(found.count) of its \(nodes.count) nodes are "
        + "\(kinds), the first “\(first.displayName)”.",
      hint: "Take the float32 model that it was made from, or export the model without quantisation.")
  }

  /// Operators of the standard and of ONNX Runtime's own sets.
  private static func isQuantized(_ operatorType: String) -> Bool {
    let names: Set = [
      "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "ConvInteger", "MatMulInteger", "QGemm",
      "QAttention", "MatMulIntegerToFloat", "DynamicQuantizeMatMul", "MatMulNBits",
    ]
    return operatorType.hasPrefix("QLinear") || names.contains(operatorType)
  }
}
