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
  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult

  /// The gradients at the operands, from those at the outputs.
  ///
  /// - Returns: for each operand a batch of as many gradients as `pass.wanted` says, or `nil` where it wants none.
  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?]

  /// Whether a gradient at an output passes on to an operand: not where the output steps or counts.
  func passesGradient(from output: Int, to operand: Int) -> Bool

  /// A number that no |y| exceeds, but for rounding, where no |x| of an operand exceeds `magnitude` of its index.
  ///
  /// - Returns: infinity where there is none or none is known.
  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float

  /// The operation that does this one's work and then that of the next; `nil` where there is none. Its operands are this one's,
  /// and then the next one's others.
  func fused(with next: Successor) -> (any Operator)?

  /// What is fused in, by name, such as `Rectifier`.
  var fusedKinds: [String] { get }

  /// Whether the output holds the operands' channels one behind the other, so that they can be written there from the start.
  var joinsChannels: Bool { get }

  /// Number of weights and other constants that the operation keeps itself.
  var parameterCount: Int { get }

  /// Multiplications of one run, as far as they count: those of convolutions and matrix products.
  func multiplications(_ operands: [[Int]], output: [Int]) -> Int

  /// Whether the backward run sums two gradients at the output by itself, on its way through memory.
  var sumsGradients: Bool { get }

  /// Whether constant operands may lie at odd addresses of the file's bytes: true where only oneDNN reads them.
  var acceptsMisalignedConstants: Bool { get }
}

extension Operator {
  /// Computes the outputs outside of a run.
  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    try forward(ForwardPass(operands), on: engine)
  }

  func fused(with next: Successor) -> (any Operator)? { nil }
  var fusedKinds: [String] { [] }
  var joinsChannels: Bool { false }
  var parameterCount: Int { 0 }
  func multiplications(_ operands: [[Int]], output: [Int]) -> Int { 0 }
  var acceptsMisalignedConstants: Bool { false }
  var sumsGradients: Bool { false }
  func passesGradient(from output: Int, to operand: Int) -> Bool { true }
  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float { .infinity }
}

/// An operator that can be computed when the model is loaded, for constant operands of any element type.
protocol FoldableOperator: Operator {
  func fold(_ operands: [Constant]) throws -> [Constant]
}

/// An operation behind another one, and what it reads beside that one's output.
struct Successor {
  let operation: any Operator
  /// The shape of the output that it reads.
  let shape: [Int]
  /// The shapes of its other operands.
  let others: [[Int]]
}
