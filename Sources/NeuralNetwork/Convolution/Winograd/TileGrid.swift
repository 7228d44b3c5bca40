/// How tiles of outputs cover a batch of pictures, and which inputs each needs.
struct TileGrid {
  let transform: WinogradTransform
  let input: (height: Int, width: Int)
  let output: (height: Int, width: Int)
  /// Zeros above and left of the input.
  let padding: (top: Int, left: Int)
  let batch: Int

  /// - Parameters:
  ///   - source: [N, C, H, W].
  ///   - destination: [N, M, H′, W′].
  init(_ transform: WinogradTransform, source: [Int], destination: [Int], padding: [Int]) {
    self.transform = transform
    input = (source[2], source[3])
    output = (destination[2], destination[3])
    self.padding = (padding[0], padding[1])
    batch = source[0]
  }

  /// Tiles across and down one picture.
  var columns: Int { (output.width + transform.outputSize - 1) / transform.outputSize }
  var rows: Int { (output.height + transform.outputSize - 1) / transform.outputSize }

  /// Tiles of the whole batch.
  var count: Int { batch * rows * columns }

  /// The picture that tile `index` belongs to, and its first output row and column.
  func origin(of index: Int) -> (picture: Int, y: Int, x: Int) {
    let (picture, rest) = index.quotientAndRemainder(dividingBy: rows * columns)
    let (row, column) = rest.quotientAndRemainder(dividingBy: columns)
    return (picture, row * transform.outputSize, column * transform.outputSize)
  }
}
