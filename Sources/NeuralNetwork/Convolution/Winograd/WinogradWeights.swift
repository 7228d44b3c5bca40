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
    let source = filters.unalignedFloats
    Threads.forEach(panels) { panel in
      for input in 0..<inputChannels {
        for column in 0..<width {
          let output = panel * width + column
          let start = target + (panel * inputChannels + input) * width + column
          guard output < outputChannels else {
            for point in 0..<transform.pointCount { start[point * matrixSize] = 0 }
            continue
          }
          let filter = 9 * (transposed ? input * outputChannels + output : output * inputChannels + input)
          transform.transform {
            Double(source[filter + (transposed ? 8 - $0 : $0)])
          } store: {
            start[$0 * matrixSize] = $1
          }
        }
      }
    }
  }

  /// A point's panels from `panel` on.
  func panels(_ point: Int, from panel: Int) -> UnsafePointer<Float> {
    UnsafePointer(buffer.address.assumingMemoryBound(to: Float.self))
      + (point * panels + panel) * inputChannels * Self.panelWidth
  }
}
