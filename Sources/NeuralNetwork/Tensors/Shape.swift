extension [Int] {
  /// Number of elements of a tensor of this shape; 1 for a scalar, `Int.max` where the number does not fit an integer.
  var elementCount: Int {
    reduce(1) { product, size in
      let (count, overflow) = product.multipliedReportingOverflow(by: size)
      return overflow ? .max : count
    }
  }

  /// Number of elements, or the largest integer where that would not fit: for shapes that nobody has checked.
  var saturatingElementCount: Int {
    contains(0) ? 0 : reduce(1) { $0.multipliedReportingOverflow(by: $1).overflow ? .max : $0 * $1 }
  }

  /// The shape of `copies` tensors of this shape, one behind the other along the first axis.
  func batched(_ copies: Int) -> [Int] {
    isEmpty ? [copies] : [self[0] * copies] + dropFirst()
  }

  /// Row-major strides in elements.
  var rowMajorStrides: [Int] {
    var strides = [Int](repeating: 1, count: count)
    for axis in stride(from: count - 2, through: 0, by: -1) { strides[axis] = strides[axis + 1] * self[axis + 1] }
    return strides
  }

  /// As people write shapes: `1×3×224×224`.
  public var shapeText: String { isEmpty ? "scalar" : map(String.init).joined(separator: "×") }
}
