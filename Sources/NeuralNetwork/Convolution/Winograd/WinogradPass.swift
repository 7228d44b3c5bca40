import CKernels

/// One convolution on its way through the threads.
///
/// What one core has written and another reads costs more than the arithmetic, so the work is cut such that a thread
/// reads back what it wrote itself.
struct WinogradPass {
  let inputs: InputTiles
  let outputs: OutputTiles
  let weights: WinogradWeights
  let engine: Engine

  private var transform: WinogradTransform { inputs.grid.transform }
  private var tileCount: Int { inputs.grid.count }
  private var inputChannels: Int { inputs.channelBlocks * 8 }
  private var outputChannels: Int { outputs.channelBlocks * 8 }

  func run() {
    let blocks = tileCount.blocks(ofAtMost: Self.tilesOfBlock)
    if inputChannels * outputChannels <= 96 * 96, blocks.count >= 4 {
      runByTiles(blocks)
    } else {
      runByChannels()
    }
  }

  /// Tiles that a thread takes from beginning to end: their products are computed in sixes.
  private static let tilesOfBlock = 12

  /// Each thread takes small blocks of tiles from beginning to end: for filters that stay in the caches.
  private func runByTiles(_ blocks: Blocks) {
    Threads.forEach(blocks.count) {
      (
        TransformedTiles(transform, tiles: blocks.size, channels: inputChannels, on: engine),
        TransformedTiles(transform, tiles: blocks.size, channels: (outputChannels + 15) / 16 * 16, on: engine)
      )
    } _: { block, own in
      let tiles = blocks[block]
      for tile in tiles { inputs.transform(tile, into: own.0, at: tile - tiles.lowerBound) }
      let channels = own.0.channels(ofTiles: tiles.count, on: engine)
      finish(tiles, own.0, channels, to: 0..<outputs.channelBlocks, by: own.1)
    }
  }

  /// The threads transform a large block of tiles together, and then each takes some of the output channels: for filters
  /// that come from memory, and should come once.
  private func runByChannels() {
    let blocks = tileCount.blocks(ofAtMost: 64)
    // In twos, because a panel of weights has sixteen columns.
    let parts = ((outputs.channelBlocks + 1) / 2).blocks(ofAtMost: 4)
    let transformed = TransformedTiles(transform, tiles: blocks.size, channels: inputChannels, on: engine)
    for block in 0..<blocks.count {
      let tiles = blocks[block]
      Threads.forEach(tiles.count) { inputs.transform(tiles.lowerBound + $0, into: transformed, at: $0) }
      let channels = transformed.channels(ofTiles: tiles.count, on: engine)
      Threads.forEach(parts.count) {
        TransformedTiles(transform, tiles: blocks.size, channels: parts.size * 16, on: engine)
      } _: { part, products in
        let pairs = parts[part]
        finish(
          tiles, transformed, channels, to: 2 * pairs.lowerBound..<min(2 * pairs.upperBound, outputs.channelBlocks),
          by: products)
      }
    }
  }

  /// The products of transformed tiles, and their transform to the outputs.
  ///
  /// - Parameters:
  ///   - channels: what is multiplied.
  ///   - blocks: of output channels, from an even one on.
  private func finish(
    _ tiles: Range<Int>, _ transformed: TransformedTiles, _ channels: TileChannels, to blocks: Range<Int>,
    by products: TransformedTiles
  ) {
    func panels(_ point: Int) -> UnsafePointer<Float> { weights.panels(point, from: blocks.lowerBound / 2) }
    for point in 0..<transform.pointCount {
      matrix_multiply(
        transformed.matrix(point), transformed.rowStride, panels(point),
        panels((point + 1) % transform.pointCount), products.matrix(point), products.rowStride, tiles.count,
        inputChannels, channels.numbers, channels.counts, (blocks.count + 1) / 2)
    }
    for tile in tiles {
      outputs.transform(products, at: tile - tiles.lowerBound, into: tile, channels: blocks)
    }
  }
}

/// So many things in blocks of nearly equal size.
private struct Blocks {
  let total: Int
  let count: Int
  /// The size of each block but perhaps the last.
  var size: Int { (total + count - 1) / count }

  subscript(block: Int) -> Range<Int> { min(block * size, total)..<min((block + 1) * size, total) }
}

extension Int {
  fileprivate func blocks(ofAtMost size: Int) -> Blocks { Blocks(total: self, count: (self + size - 1) / size) }
}
