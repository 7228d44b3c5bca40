/// A dense float32 tensor, row-major; pictures and activations are [N, C, H, W].
public struct Tensor: Hashable, Sendable {
  /// Size along each axis.
  public let shape: [Int]
  /// The elements; as many as the shape has.
  public var values: [Float]

  /// Creates a tensor.
  ///
  /// - Precondition: `values` has as many elements as `shape`.
  public init(shape: [Int], _ values: [Float]) {
    precondition(values.count == shape.elementCount, "\(values.count) values for shape \(shape)")
    self.shape = shape
    self.values = values
  }

  /// A tensor of equal values.
  public init(shape: [Int], repeating value: Float = 0) {
    self.init(shape: shape, [Float](repeating: value, count: shape.elementCount))
  }
}
