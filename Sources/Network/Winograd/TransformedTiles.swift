import CKernels

/// Tiles as the products take and leave them: for each point a matrix with a row for each tile and a column for
/// each channel. Behind the last one another says in which tiles a channel is zero throughout.
struct TransformedTiles {
  /// Elements from one row to the next.
  let rowStride: Int
  /// Elements from one matrix to the next.
  let matrixStride: Int
  private let buffer: Buffer
  private let transform: WinogradTransform

  /// - Parameter channels: a multiple of 8.
  init(_ transform: WinogradTransform, tiles: Int, channels: Int, on engine: Engine) {
    self.transform = transform
    // Rows that are a power of two apart would fall into the same lines of the caches, and halve the speed.
    rowStride = channels + 16
    matrixStride = tiles * rowStride
    buffer = engine.pool.buffer(
      byteCount: (transform.pointCount + 1) * matrixStride * MemoryLayout<Float>.size)
  }

  func matrix(_ point: Int) -> UnsafeMutablePointer<Float> { elements + point * matrixStride }

  /// The first matrix's row for a tile; the others' follow in steps of `matrixStride`.
  func row(_ tile: Int) -> UnsafeMutablePointer<Float> { elements + tile * rowStride }

  /// The channels that some of the first `tiles` tiles have.
  func channels(tiles: Int, of channels: Int, on engine: Engine) -> TileChannels {
    let result = TileChannels(tiles: tiles, channels: channels, on: engine)
    matrix_columns(matrix(transform.pointCount), rowStride, tiles, channels, result.numbers, result.counts)
    return result
  }

  private var elements: UnsafeMutablePointer<Float> { buffer.address.assumingMemoryBound(to: Float.self) }
}
