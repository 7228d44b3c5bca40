/// The transformed filters of a convolution: for each of the 36 points a matrix [C, M].
struct WinogradWeights {
  private let buffer: Buffer
  private let rowStride: Int
  private let matrixStride: Int

  /// - Parameters:
  ///   - filters: [M, C, 3, 3], plain; transposed, [C, M, 3, 3] with each filter turned by 180°.
  init(_ filters: Memory, inputChannels: Int, outputChannels: Int, transposed: Bool, on engine: Engine) {
    let rowStride = Matrix.stride(columns: outputChannels)
    let matrixStride = inputChannels * rowStride
    self.rowStride = rowStride
    self.matrixStride = matrixStride
    buffer = engine.pool.buffer(
      byteCount: WinogradTransform.pointCount * matrixStride * MemoryLayout<Float>.size)
    let target = buffer.address.assumingMemoryBound(to: Float.self)
    let source = UnsafeRawPointer(filters.address)
    Threads.forEach(inputChannels) { input in
      for output in 0..<outputChannels {
        let filter = 9 * (transposed ? input * outputChannels + output : output * inputChannels + input)
        let start = target + input * rowStride + output
        WinogradTransform.transform {
          Double(source.loadUnaligned(fromByteOffset: 4 * (filter + (transposed ? 8 - $0 : $0)), as: Float.self))
        } store: {
          start[$0 * matrixStride] = $1
        }
      }
    }
  }

  /// The columns of a point's matrix from `column` on.
  func matrix(_ point: Int, fromColumn column: Int) -> Matrix {
    Matrix(
      address: buffer.address.assumingMemoryBound(to: Float.self) + point * matrixStride + column, stride: rowStride)
  }
}
