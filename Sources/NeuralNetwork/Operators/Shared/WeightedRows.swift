import CKernels

/// dx = dy · w for a fully connected layer, whose time goes into reading w: only rows are read whose output some gradient
/// of the batch depends on, and once for all.
///
/// At the end of a network that is a row for each class; before, rectifiers drop at least what was not active.
struct WeightedRows {
  /// Columns that a thread sums at a time.
  private static let chunk = 1024

  private let rows: [UInt32]
  /// [lanes, rows].
  private let factors: [Float]
  private let lanes: Int

  /// Whether reading fewer rows saves more than a proper product of matrices does by its arithmetic.
  let pays: Bool

  /// - Parameter dy: [N, M], plain.
  init(_ dy: Memory) {
    let (lanes, count) = (dy.shape[0], dy.shape[1])
    let values = dy.elements
    let rows = (0..<count).filter { row in (0..<lanes).contains { values[$0 * count + row] != 0 } }
    pays = rows.count * lanes <= 4 * count
    self.rows = rows.map(UInt32.init)
    self.lanes = lanes
    factors = (0..<lanes).flatMap { lane in rows.map { values[lane * count + $0] } }
  }

  /// - Parameter matrix: w, [M, K], plain, at any address.
  /// - Returns: [N, K].
  func sum(of matrix: Memory, on engine: Engine) -> Memory {
    let columns = matrix.shape[1]
    let result = engine.allocate(Layout([lanes, columns]))
    let (weights, sums) = (matrix.floats, result.floats)
    Threads.forEach((columns + Self.chunk - 1) / Self.chunk) { index in
      let start = index * Self.chunk
      // In bytes, since the address may be odd.
      let address = UnsafeRawPointer(weights) + start * MemoryLayout<Float>.size
      weighted_rows(
        address.assumingMemoryBound(to: Float.self), columns, rows, rows.count, factors, lanes,
        min(Self.chunk, columns - start), sums + start, columns)
    }
    return result
  }
}
