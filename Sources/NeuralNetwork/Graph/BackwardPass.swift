/// What a backward run knows about one operation.
///
/// Gradients flow in batches: each output's gradient holds `rules.count` tensors of the output's shape, one behind the
/// other along the first axis, each with its own rule. The activations are those of the one forward run.
struct BackwardPass {
  let operands: [Memory]
  let outputs: [Memory]
  let workspace: OpaqueMemory?
  /// One batch for each output; `nil` where nothing depends on it.
  let gradients: [Memory?]
  /// What is still to be added to the first output's batch; only for operators that sum gradients.
  var addend: Memory?
  let rules: [ReLURule]
  /// How many leading gradients of the batch each operand wants.
  let wanted: [Int]

  var count: Int { rules.count }

  /// The gradient batch of the only output, as far as operand `index` wants it; `nil` where it wants none.
  func gradient(for index: Int = 0) -> Memory? {
    guard wanted[index] > 0 else { return nil }
    return gradients[0]?.prefix(wanted[index], of: count)
  }
}
