/// The way back through a convolution that leaves out what is zero.
protocol SparseConvolutionRun {
  /// The layout in which it writes.
  var destination: Layout { get }

  /// - Parameter destination: uninitialised memory in the layout `destination`.
  func execute(_ gradient: RectifiedGradient, into destination: Memory, on engine: Engine)
}
