/// The tiles of an activation, blocked by 8 channels.
struct InputTiles {
  typealias Vector = WinogradTransform.Vector

  let grid: TileGrid
  /// C / 8.
  let channelBlocks: Int
  let address: UnsafeMutablePointer<Vector>

  /// Writes Bᵀ d B of a tile to a row of `target`.
  func transform(_ tile: Int, into target: TransformedTiles, at row: Int) {
    withUnsafeTemporaryAllocation(of: Vector.self, capacity: WinogradTransform.pointCount) { columns in
      guard let columns = columns.baseAddress else { return }
      let step = target.matrixStride
      for channelBlock in 0..<channelBlocks {
        transformColumns(tile, channelBlock: channelBlock, into: columns)
        var target = target.row(row) + channelBlock
        for row in 0..<6 {
          let d = columns + row * 6
          let v = WinogradTransform.input((d[0], d[1], d[2], d[3], d[4], d[5]))
          target[0] = v.0
          target[step] = v.1
          target[2 * step] = v.2
          target[3 * step] = v.3
          target[4 * step] = v.4
          target[5 * step] = v.5
          target += 6 * step
        }
      }
    }
  }

  /// Bᵀ d, 6×6, row-major.
  @inline(__always)
  private func transformColumns(_ tile: Int, channelBlock: Int, into target: UnsafeMutablePointer<Vector>) {
    let origin = grid.origin(of: tile)
    let (width, height) = (grid.input.width, grid.input.height)
    let picture = address + (origin.picture * channelBlocks + channelBlock) * height * width
    let (top, left) = (origin.y - grid.padding.top, origin.x - grid.padding.left)
    let isInside = top >= 0 && left >= 0 && top + 6 <= height && left + 6 <= width
    for column in 0..<6 {
      let x = left + column
      let d: WinogradTransform.Six
      if isInside {
        let pixel = picture + top * width + x
        d = (pixel[0], pixel[width], pixel[2 * width], pixel[3 * width], pixel[4 * width], pixel[5 * width])
      } else {
        func pixel(_ row: Int) -> Vector {
          let y = top + row
          return y >= 0 && y < height && x >= 0 && x < width ? picture[y * width + x] : .zero
        }
        d = (pixel(0), pixel(1), pixel(2), pixel(3), pixel(4), pixel(5))
      }
      let v = WinogradTransform.input(d)
      target[column] = v.0
      target[6 + column] = v.1
      target[12 + column] = v.2
      target[18 + column] = v.3
      target[24 + column] = v.4
      target[30 + column] = v.5
    }
  }
}
