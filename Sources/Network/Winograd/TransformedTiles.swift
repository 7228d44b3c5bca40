/// Tiles as the products take and leave them: for each of the 36 points a matrix with a row for each tile and a column
/// for each channel.
struct TransformedTiles {
  private let buffer: Buffer
  /// Vectors of eight channels from one row to the next.
  private let rowStride: Int
  /// Vectors from one matrix to the next.
  let matrixStride: Int

  init(tiles: Int, channels: Int, on engine: Engine) {
    rowStride = Matrix.stride(columns: channels) / 8
    matrixStride = tiles * rowStride
    buffer = engine.pool.buffer(
      byteCount: WinogradTransform.pointCount * matrixStride * MemoryLayout<WinogradTransform.Vector>.stride)
  }

  func matrix(_ point: Int) -> Matrix {
    Matrix(
      address: UnsafeMutableRawPointer(vectors + point * matrixStride).assumingMemoryBound(to: Float.self),
      stride: rowStride * 8)
  }

  /// The first matrix's row for a tile; the others' follow in steps of `matrixStride`.
  func row(_ tile: Int) -> UnsafeMutablePointer<WinogradTransform.Vector> { vectors + tile * rowStride }

  private var vectors: UnsafeMutablePointer<WinogradTransform.Vector> {
    buffer.address.assumingMemoryBound(to: WinogradTransform.Vector.self)
  }
}
