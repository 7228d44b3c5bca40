import Diagnostics

extension Constant {
  /// The constant repeated to `shape`; itself where it has that shape.
  func broadcast(to shape: [Int]) -> Constant {
    guard self.shape != shape else { return self }
    let source = Broadcasting.padded(self.shape, shape.count)
    let positions = shape.indices.map { axis in
      (axis, source[axis] == shape[axis] ? Array(0..<shape[axis]) : [Int](repeating: 0, count: shape[axis]))
    }
    return Selection(source, Dictionary(uniqueKeysWithValues: positions)).taken(from: self)
  }

  /// A function of two constants element by element, with broadcasting.
  ///
  /// - Parameter integers: `nil` where the result is not defined.
  /// - Throws: `Diagnostic` where it is not.
  static func combine(
    _ first: Constant, _ second: Constant, floats: (Float, Float) -> Float, integers: (Int64, Int64) -> Int64?
  ) throws(Diagnostic) -> Constant {
    guard let shape = Broadcasting.shape(first.shape, second.shape) else {
      throw .error("shapes \(first.shape.shapeText) and \(second.shape.shapeText) do not fit together.")
    }
    let (a, b) = (first.broadcast(to: shape), second.broadcast(to: shape))
    if a.elementType == .float32 || b.elementType == .float32 {
      return Constant(shape: shape, zip(a.floats, b.floats).map(floats))
    }
    let values = zip(a.integers, b.integers).compactMap { integers(Int64($0), Int64($1)) }
    guard values.count == shape.elementCount else {
      throw .error("the model divides by zero in its shape arithmetic.", hint: "Try another input size.")
    }
    return Constant(shape: shape, values)
  }
}
