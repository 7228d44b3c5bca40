/// Where the elements lie that indices along one axis name.
enum ElementOffsets {
  /// For each index, row-major, the offset in a tensor of `shape` of the element at the index's own place, but at that
  /// index along `axis`.
  static func along(_ axis: Int, of shape: [Int], _ indices: Constant, _ node: NodeReader) throws -> [Int] {
    guard indices.shape.count == shape.count,
      shape.indices.allSatisfy({ $0 == axis || indices.shape[$0] <= shape[$0] })
    else { throw node.fault("names elements of \(shape.shapeText) by \(indices.shape.shapeText), which do not fit.") }
    let (inner, outer) = (indices.shape.rowMajorStrides, shape.rowMajorStrides)
    return try indices.integers.enumerated().map { place, index in
      let position = try node.position(index, along: axis, of: shape)
      return shape.indices.reduce(0) { offset, other in
        offset + (other == axis ? position : place / inner[other] % indices.shape[other]) * outer[other]
      }
    }
  }
}
