import Diagnostics

/// Models that compute with integers of 8 bits or fewer. Rounding has no gradient, so there is nothing to explain in them;
/// weights that are only stored so are widened when the model is loaded.
enum Quantization {
  /// What to say of a model with such nodes among `count`.
  static func fault(_ nodes: [ONNXNode], of count: Int) -> Diagnostic {
    let kinds = Set(nodes.map(\.operatorType)).sorted().joined(separator: ", ")
    return .error(
      "the model is quantised to integers of few bits, which have no gradients: \(nodes.count) of its \(count) nodes are "
        + "\(kinds), the first “\(nodes.first?.displayName ?? "")”.",
      hint: "Take the float32 model that it was made from, or export the model without quantisation.")
  }

  /// Operators of the standard and of ONNX Runtime's own sets.
  static func isQuantized(_ operatorType: String) -> Bool {
    let names: Set = [
      "DynamicQuantizeLinear", "ConvInteger", "MatMulInteger", "QGemm", "QAttention", "MatMulIntegerToFloat",
      "DynamicQuantizeMatMul",
    ]
    return operatorType.hasPrefix("QLinear") || names.contains(operatorType) || isKnownOnConstants(operatorType)
  }

  /// Whether the operator is computed when the model is loaded, on weights.
  static func isKnownOnConstants(_ operatorType: String) -> Bool {
    operatorType == "QuantizeLinear" || operatorType == "DequantizeLinear"
  }
}
