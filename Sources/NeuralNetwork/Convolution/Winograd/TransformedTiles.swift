import CKernels

/// Tiles as the products take and leave them: for each point a matrix with a row for each tile and a column for
/// each channel. Behind the last one another says in which tiles a channel is zero throughout.
struct TransformedTiles {
  private let transform: WinogradTransform
  private let tiles: Int
  private let channels: Int
  private let buffer: Buffer

  /// - Parameter channels: a multiple of 8.
  init(_ transform: WinogradTransform, tiles: Int, channels: Int, on engine: Engine) {
    (self.transform, self.tiles, self.channels) = (transform, tiles, channels)
    buffer = engine.pool.buffer(
      byteCount: (transform.pointCount + 1) * tiles * Self.rowStride(channels) * MemoryLayout<Float>.size)
  }

  /// Rows that are a power of two apart would fall into the same lines of the caches, and halve the speed.
  private static func rowStride(_ channels: Int) -> Int { channels + 16 }

  /// Elements from one row to the next.
  var rowStride: Int { Self.rowStride(channels) }

  /// Elements from one matrix to the next.
  var matrixStride: Int { tiles * rowStride }

  func matrix(_ point: Int) -> UnsafeMutablePointer<Float> { elements + point * matrixStride }

  /// The first matrix's row for a tile; the others' follow in steps of `matrixStride`.
  func row(_ tile: Int) -> UnsafeMutablePointer<Float> { elements + tile * rowStride }

  /// The channels that each group of the first `count` tiles has.
  func channels(ofTiles count: Int, on engine: Engine) -> TileChannels {
    let result = TileChannels(tiles: count, channels: channels, on: engine)
    matrix_columns(matrix(transform.pointCount), rowStride, count, channels, result.numbers, result.counts)
    return result
  }

  private var elements: UnsafeMutablePointer<Float> { buffer.address.assumingMemoryBound(to: Float.self) }
}
