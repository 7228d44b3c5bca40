import CKernels

/// The tiles of a convolution's result, blocked by 8 channels.
struct OutputTiles {
  let grid: TileGrid
  /// M / 8.
  let channelBlocks: Int
  let address: UnsafeMutablePointer<Float>
  /// [M].
  let bias: UnsafePointer<Float>?
  /// What is added before the rectifier, in the layout of the result.
  let addend: UnsafePointer<Float>?
  let rectifier: ElementwiseFunction?

  /// Writes rectifier(Aᵀ m A + bias + addend) of a tile from a row of `products`.
  ///
  /// - Parameter channels: blocks of channels that `products` holds.
  func transform(_ products: TransformedTiles, at row: Int, into tile: Int, channels: Range<Int>) {
    let origin = grid.origin(of: tile)
    let (height, width) = grid.output
    let start = (origin.picture * channelBlocks + channels.lowerBound) * height * width * 8
    let limits = rectifier?.limits ?? (-.infinity, .infinity)
    winograd_output(
      winograd_tile(
        height: height, width: width, channel_blocks: channels.count, outputs: grid.transform.outputSize, top: origin.y,
        left: origin.x),
      products.row(row), products.matrixStride,
      winograd_finish(
        bias: bias.map { $0 + channels.lowerBound * 8 }, addend: addend.map { $0 + start }, lower: limits.lower,
        upper: limits.upper),
      address + start)
  }
}
