import Diagnostics

/// Comparisons and logic on constants, with broadcasting. Their results have no gradient, so those of activations are
/// not supported.
///
/// Source: ONNX Equal-7, -11, -13, -19; Less, Greater-7, -9, -13; LessOrEqual, GreaterOrEqual-12, -16; And, Or, Xor-7;
/// Not-1.
enum Comparison {
  static let registrations = [
    Registration("Equal", since: 7) { try compare(&$0, ==, ==) },
    Registration("Less", since: 7) { try compare(&$0, <, <) },
    Registration("LessOrEqual", since: 12) { try compare(&$0, <=, <=) },
    Registration("Greater", since: 7) { try compare(&$0, >, >) },
    Registration("GreaterOrEqual", since: 12) { try compare(&$0, >=, >=) },
    Registration("And", since: 7) { try compare(&$0, { $0 != 0 && $1 != 0 }, { $0 != 0 && $1 != 0 }) },
    Registration("Or", since: 7) { try compare(&$0, { $0 != 0 || $1 != 0 }, { $0 != 0 || $1 != 0 }) },
    Registration("Xor", since: 7) { try compare(&$0, !=, !=) },
    Registration("Not") { node in
      let operand = try node.constant(0, "operand")
      return .constants([Constant(shape: operand.shape, booleans: operand.integers.map { $0 == 0 })])
    },
  ]

  private static func compare(
    _ node: inout NodeReader, _ integers: (Int, Int) -> Bool, _ floats: (Float, Float) -> Bool
  ) throws -> Translation {
    let (first, second) = (try node.constant(0, "first operand"), try node.constant(1, "second operand"))
    guard let shape = Broadcasting.shape(first.shape, second.shape) else {
      throw node.fault("compares shapes \(first.shape.shapeText) and \(second.shape.shapeText), which do not fit.")
    }
    let (a, b) = (first.broadcast(to: shape), second.broadcast(to: shape))
    let results =
      a.elementType == .float32 || b.elementType == .float32
      ? zip(a.floats, b.floats).map(floats) : zip(a.integers, b.integers).map(integers)
    return .constants([Constant(shape: shape, booleans: results)])
  }
}

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
}
