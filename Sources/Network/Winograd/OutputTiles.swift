/// The tiles of a convolution's result, blocked by 8 channels.
struct OutputTiles {
  typealias Vector = WinogradTransform.Vector

  let grid: TileGrid
  /// M / 8.
  let channelBlocks: Int
  let address: UnsafeMutablePointer<Vector>
  /// [M].
  let bias: UnsafeMutablePointer<Vector>?
  /// What is added before the rectifier, in the layout of the result.
  let addend: UnsafeMutablePointer<Vector>?
  let rectifier: ElementwiseFunction?

  /// Writes rectifier(Aᵀ m A + bias + addend) of a tile from a row of `products`.
  ///
  /// - Parameter channels: blocks of channels that `products` holds.
  func transform(_ products: TransformedTiles, at row: Int, into tile: Int, channels: Range<Int>) {
    let limits = rectifier?.limits
    withUnsafeTemporaryAllocation(of: Vector.self, capacity: 4 * 6) { rows in
      guard let rows = rows.baseAddress else { return }
      let step = products.matrixStride
      for channelBlock in channels {
        let products = products.row(row) + (channelBlock - channels.lowerBound)
        for column in 0..<6 {
          let m = products + column * step
          let y = WinogradTransform.output((m[0], m[6 * step], m[12 * step], m[18 * step], m[24 * step], m[30 * step]))
          rows[column] = y.0
          rows[6 + column] = y.1
          rows[12 + column] = y.2
          rows[18 + column] = y.3
        }
        store(rows, tile, channelBlock, bias?[channelBlock] ?? .zero, limits)
      }
    }
  }

  @inline(__always)
  private func store(
    _ rows: UnsafeMutablePointer<Vector>, _ tile: Int, _ channelBlock: Int, _ bias: Vector,
    _ limits: (lower: Float, upper: Float)?
  ) {
    let origin = grid.origin(of: tile)
    let (width, height) = (grid.output.width, grid.output.height)
    let plane = (origin.picture * channelBlocks + channelBlock) * height * width
    for row in 0..<min(4, height - origin.y) {
      let m = rows + row * 6
      let y = WinogradTransform.output((m[0], m[1], m[2], m[3], m[4], m[5]))
      let start = plane + (origin.y + row) * width + origin.x
      let count = min(4, width - origin.x)
      store(y.0 + bias, at: start, limits)
      if count > 1 { store(y.1 + bias, at: start + 1, limits) }
      if count > 2 { store(y.2 + bias, at: start + 2, limits) }
      if count > 3 { store(y.3 + bias, at: start + 3, limits) }
    }
  }

  @inline(__always)
  private func store(_ sum: Vector, at index: Int, _ limits: (lower: Float, upper: Float)?) {
    var value = sum
    if let addend { value += addend[index] }
    if let limits {
      value.replace(with: limits.lower, where: value .< limits.lower)
      value.replace(with: limits.upper, where: value .> limits.upper)
    }
    address[index] = value
  }
}
