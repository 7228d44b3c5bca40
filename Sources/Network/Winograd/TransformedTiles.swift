/// Tiles as the products take and leave them: for each point a matrix with a row for each tile and a column for
/// each channel.
struct TransformedTiles {
  /// Elements from one row to the next.
  let rowStride: Int
  /// Elements from one matrix to the next.
  let matrixStride: Int
  private let buffer: Buffer

  /// - Parameter channels: a multiple of 8.
  init(_ transform: WinogradTransform, tiles: Int, channels: Int, on engine: Engine) {
    // Rows that are a power of two apart would fall into the same lines of the caches, and halve the speed.
    rowStride = channels + 16
    matrixStride = tiles * rowStride
    buffer = engine.pool.buffer(
      byteCount: transform.pointCount * matrixStride * MemoryLayout<Float>.size)
  }

  func matrix(_ point: Int) -> UnsafeMutablePointer<Float> { elements + point * matrixStride }

  /// The first matrix's row for a tile; the others' follow in steps of `matrixStride`.
  func row(_ tile: Int) -> UnsafeMutablePointer<Float> { elements + tile * rowStride }

  private var elements: UnsafeMutablePointer<Float> { buffer.address.assumingMemoryBound(to: Float.self) }
}
