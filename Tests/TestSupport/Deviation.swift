public import Network

extension Tensor {
  /// max|a − b| / max|b| against a reference b; infinite where the shapes differ or a value is not a number.
  public func deviation(from reference: Tensor) -> Float {
    guard shape == reference.shape else { return .infinity }
    var difference: Float = 0
    var scale: Float = 0
    for (a, b) in zip(values, reference.values) {
      let distance = abs(a - b)
      guard distance.isFinite else { return .infinity }
      difference = max(difference, distance)
      scale = max(scale, abs(b))
    }
    return difference == 0 ? 0 : difference / scale
  }
}
