/// How the 4×4 tiles of outputs cover a batch of pictures, and which 6×6 inputs each needs.
struct TileGrid {
  let input: (height: Int, width: Int)
  let output: (height: Int, width: Int)
  /// Zeros above and left of the input.
  let padding: (top: Int, left: Int)
  let batch: Int

  /// - Parameters:
  ///   - source: [N, C, H, W].
  ///   - destination: [N, M, H′, W′].
  init(source: [Int], destination: [Int], padding: [Int]) {
    input = (source[2], source[3])
    output = (destination[2], destination[3])
    self.padding = (padding[0], padding[1])
    batch = source[0]
  }

  /// Tiles across and down one picture.
  var columns: Int { (output.width + WinogradTransform.outputSize - 1) / WinogradTransform.outputSize }
  var rows: Int { (output.height + WinogradTransform.outputSize - 1) / WinogradTransform.outputSize }

  /// Tiles of the whole batch.
  var count: Int { batch * rows * columns }

  /// The picture that tile `index` belongs to, and its first output row and column.
  func origin(of index: Int) -> (picture: Int, y: Int, x: Int) {
    let (picture, rest) = index.quotientAndRemainder(dividingBy: rows * columns)
    let (row, column) = rest.quotientAndRemainder(dividingBy: columns)
    return (picture, row * WinogradTransform.outputSize, column * WinogradTransform.outputSize)
  }
}
