import CKernels

/// The channels of pictures that are not zero, a list for each pixel.
struct SparsePixels {
  /// Pictures.
  let count: Int
  /// H · W.
  let plane: Int
  private let pixels: sparse_pixels
  private let buffers: [Buffer]

  /// Channels whose weights stay in a core's first cache, 64 wide.
  static let channelsOfPart = 128
  /// Pixels that a thread lists at a time.
  private static let tile = 64

  /// Lists what is not zero.
  ///
  /// - Parameters:
  ///   - memory: [N, C, H, W], blocked by 8 channels.
  ///   - pictures: those of the batch that are listed.
  ///   - width: columns of the panels of weights that it will be multiplied by.
  init(_ memory: Memory, pictures: Range<Int>, width: Int, on engine: Engine) {
    let shape = memory.shape
    let (count, blocks, plane) = (pictures.count, (shape[1] + 7) / 8, shape[2] * shape[3])
    self.count = count
    self.plane = plane
    let capacity = blocks * 8
    let parts = (shape[1] + Self.channelsOfPart - 1) / Self.channelsOfPart
    // Eight values are written at a time, of which some count.
    let entries = engine.pool.buffer(byteCount: (count * plane * capacity + 8) * 8)
    let bounds = engine.pool.buffer(byteCount: count * plane * (parts + 1) * 4)
    buffers = [entries, bounds]
    let offsets = entries.address + (count * plane * capacity + 8) * 4
    let pixels = sparse_pixels(
      values: entries.address.assumingMemoryBound(to: Float.self),
      offsets: offsets.assumingMemoryBound(to: UInt32.self), capacity: capacity,
      bounds: bounds.address.assumingMemoryBound(to: UInt32.self), parts: parts, blocks: Self.channelsOfPart / 8)
    self.pixels = pixels
    let tiles = (plane + Self.tile - 1) / Self.tile
    let source = memory.floats + pictures.lowerBound * plane * capacity
    Threads.forEach(count * tiles) { item in
      let (picture, tile) = item.quotientAndRemainder(dividingBy: tiles)
      let first = tile * Self.tile
      sparse_pixels_list(
        pixels, source + picture * plane * capacity, blocks, plane, picture * plane, first,
        min(Self.tile, plane - first), UInt32(width * 4))
    }
  }

  /// The products of some pixels and some weights, Σ value · weights[channel].
  ///
  /// - Parameters:
  ///   - first: the first pixel, counted through all pictures.
  ///   - block: of columns of the weights.
  func multiply(
    from first: Int, count: Int, by weights: SparseWeights, tap: Int = 0, block: Int, into result: sparse_result
  ) {
    let panel = weights.panel(tap: tap, block: block)
    var result = result
    for part in 0..<pixels.parts {
      sparse_pixels_multiply(
        pixels, part, first, count, panel + part * Self.channelsOfPart * weights.width,
        Int32(weights.vectors(ofBlock: block)), result)
      result.accumulates = true
    }
  }
}
