/// A convolution, forward or backward, prepared for its shapes: it needs nothing more but its operands.
protocol ConvolutionRun {
  /// The layout in which it reads.
  var source: Layout { get }
  /// The layout in which it writes.
  var destination: Layout { get }
  /// Whether the addition and the rectifier are done too.
  var isFused: Bool { get }
  /// Whether what is infinite or not a number comes out as it would by the definition.
  var passesNonFinite: Bool { get }

  /// - Parameters:
  ///   - source: in the layout `source`.
  ///   - addend: what is added before the rectifier, in the layout `destination`.
  ///   - destination: uninitialised memory in the layout `destination`.
  func execute(
    _ source: Memory, bias: Memory?, addend: Memory?, into destination: Memory, on engine: Engine) throws
}
