/// An operator that computes each element of its output from the operands' elements at that place alone.
protocol ElementOperator: Operator {
  /// The element of the output.
  ///
  /// - Parameter operands: one element of each operand, in their order.
  /// - Returns: `nil` where the place counts too.
  func value(ofElements operands: [Float]) -> Float?
}
