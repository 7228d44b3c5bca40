/// One ONNX operator with its attributes: what it computes, and how gradients flow back through it.
///
/// Operands are the tensors that are read at each run; what is constant and read once (a shape, a weight that is
/// packed) belongs to the operator itself. Every operator works on memory in any layout.
protocol Operator {
  /// Shapes of the outputs.
  ///
  /// - Throws: `Diagnostic` where the operand shapes do not fit.
  func outputShapes(_ operands: [[Int]]) throws -> [[Int]]

  /// Computes the outputs.
  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult

  /// The gradients at the operands, from those at the outputs.
  ///
  /// - Returns: for each operand a batch of as many gradients as `pass.wanted` says, or `nil` where it wants none.
  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?]

  /// A number that no |y| exceeds, but for rounding, where no |x| of an operand exceeds `magnitude` of its index.
  ///
  /// - Returns: infinity where there is none or none is known.
  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float

  /// Whether the backward run sums two gradients at the output by itself, on its way through memory.
  var sumsGradients: Bool { get }

  /// Whether constant operands may lie at odd addresses of the file's bytes: true where only oneDNN reads them.
  var acceptsMisalignedConstants: Bool { get }
}

extension Operator {
  var acceptsMisalignedConstants: Bool { false }
  var sumsGradients: Bool { false }
  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float { .infinity }
}

/// An operator that can be computed when the model is loaded, for constant operands of any element type.
protocol FoldableOperator: Operator {
  func fold(_ operands: [Constant]) throws -> [Constant]
}

/// What a forward run leaves.
struct ForwardResult {
  let outputs: [Memory]
  /// What only the backward run needs, such as the winners of a maximum.
  var workspace: OpaqueMemory?

  init(_ output: Memory, workspace: OpaqueMemory? = nil) {
    outputs = [output]
    self.workspace = workspace
  }
}

/// How a rectifier lets gradients through.
public enum ReLURule: Hashable, Sendable {
  /// Where the input was positive: the derivative.
  case standard
  /// Where the input was positive and the gradient is positive too (Springenberg et al. 2015, guided backpropagation).
  case guided
}

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
