import CKernels

/// The tiles of an activation, blocked by 8 channels.
struct InputTiles {
  let grid: TileGrid
  /// C / 8.
  let channelBlocks: Int
  let address: UnsafePointer<Float>

  /// Writes Bᵀ d B of a tile to a row of `target`.
  func transform(_ tile: Int, into target: TransformedTiles, at row: Int) {
    let origin = grid.origin(of: tile)
    let (height, width) = grid.input
    winograd_input(
      winograd_tile(
        height: height, width: width, channel_blocks: channelBlocks, outputs: grid.transform.outputSize,
        top: origin.y - grid.padding.top, left: origin.x - grid.padding.left),
      address + origin.picture * channelBlocks * height * width * 8, target.row(row), target.matrixStride)
  }
}
