import CKernels

/// The transformed filters of a convolution: for each point a matrix [C, M], in panels of 16 columns.
struct WinogradWeights {
  /// Columns of a panel.
  static let panelWidth = 16

  let transform: WinogradTransform
  private let buffer: Buffer
  private let inputChannels: Int
  private let panels: Int

  /// - Parameters:
  ///   - filters: [M, C, 3, 3], plain; transposed, [C, M, 3, 3] with each filter turned by 180°.
  init(
    _ transform: WinogradTransform, of filters: Memory, inputChannels: Int, outputChannels: Int, transposed: Bool,
    on engine: Engine
  ) {
    self.transform = transform
    let width = Self.panelWidth
    let panels = (outputChannels + width - 1) / width
    let matrixSize = panels * inputChannels * width
    (self.inputChannels, self.panels) = (inputChannels, panels)
    buffer = engine.pool.buffer(
      byteCount: transform.pointCount * matrixSize * MemoryLayout<Float>.size)
    let target = buffer.address.assumingMemoryBound(to: Float.self)
    let (inputStep, outputStep) = transposed ? (9 * outputChannels, 9) : (9, 9 * inputChannels)
    // Bytes that may be misaligned, which the loop allows.
    let source = filters.address
    Threads.forEach(panels) { panel in
      let first = panel * width
      let part = winograd_filters(
        address: (source + first * outputStep * MemoryLayout<Float>.size).assumingMemoryBound(to: Float.self),
        input_step: inputStep, output_step: outputStep, inputs: inputChannels,
        outputs: min(width, outputChannels - first), is_turned: transposed)
      winograd_filter(part, transform.outputSize, target + first * inputChannels, matrixSize)
    }
  }

  /// A point's panels from `panel` on.
  func panels(_ point: Int, from panel: Int) -> UnsafePointer<Float> {
    UnsafePointer(buffer.address.assumingMemoryBound(to: Float.self))
      + (point * panels + panel) * inputChannels * Self.panelWidth
  }
}
