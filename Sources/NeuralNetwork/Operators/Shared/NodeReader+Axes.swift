extension NodeReader {
  /// A non-negative axis from one that may count from the end.
  func axis(_ axis: Int, rank: Int) throws -> Int {
    guard (-rank..<rank).contains(axis) else { throw fault("has axis \(axis) for a tensor of rank \(rank).") }
    return axis < 0 ? axis + rank : axis
  }

  /// An index along an axis; negative ones count from the end.
  func position(_ index: Int, along axis: Int, of shape: [Int]) throws -> Int {
    guard (-shape[axis]..<shape[axis]).contains(index) else {
      throw fault("picks index \(index) along an axis of \(shape[axis]).")
    }
    return index < 0 ? index + shape[axis] : index
  }
}
