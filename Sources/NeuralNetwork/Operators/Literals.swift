import Diagnostics

/// Operators whose result is known when the model is loaded, and those that do nothing at inference.
///
/// Source: ONNX Constant-1 to -23, ConstantOfShape-9 to -23, EyeLike-9, OptionalHasElement-15, -18,
/// Identity-1 to -23, Dropout-1 to -22.
enum Literals {
  static let registrations = [
    Registration("Constant", gradient: .constant) { node in
      if let tensor = try node.attributes.tensor("value") { return .constants([try node.decode(tensor)]) }
      if let value = try node.attributes.optionalFloat("value_float") {
        return .constants([Constant(shape: [], [value])])
      }
      if let value = try node.attributes.optionalInteger("value_int") {
        return .constants([Constant(shape: [], [Int64(value)])])
      }
      if let values = try node.attributes.floats("value_floats") {
        return .constants([Constant(shape: [values.count], values)])
      }
      if let values = try node.attributes.integers("value_ints") {
        return .constants([Constant(shape: [values.count], values.map(Int64.init))])
      }
      throw node.fault("holds no tensor or number.")
    },
    Registration("ConstantOfShape", since: 9, gradient: .constant) { node in
      let shape = try node.constant(0, "shape").integers
      let value = try node.attributes.tensor("value").map { try node.decode($0) } ?? Constant(shape: [1], [Float(0)])
      guard value.count == 1, shape.allSatisfy({ $0 >= 0 }), shape.elementCount <= 1 << 28 else {
        throw node.fault("has the impossible shape \(shape).")
      }
      return .constants([value.repeated(shape)])
    },
    Registration("EyeLike", since: 9, gradient: .constant) { node in
      let shape = try node.shape(0)
      let (shift, type) = (
        try node.attributes.integer("k", default: 0), try node.attributes.integer("dtype", default: 1)
      )
      guard shape.count == 2 else { throw node.fault("makes a matrix like \(shape.shapeText), which is none.") }
      let isOne = (0..<shape.elementCount).map { $0 % shape[1] - $0 / shape[1] == shift }
      return .constants([
        DataType(rawValue: Int64(type))?.isFloatingPoint ?? true
          ? Constant(shape: shape, isOne.map { Float($0 ? 1 : 0) })
          : Constant(shape: shape, isOne.map { Int64($0 ? 1 : 0) })
      ])
    },
    // Functions ask so for inputs that a call may leave out.
    Registration("OptionalHasElement", since: 15, gradient: .constant) { node in
      .constants([Constant(shape: [], booleans: [node.has(0)])])
    },
    Registration("Identity") { node in
      try node.operand(0)
      return .identity
    },
    Registration("Dropout") { node in
      let shape = try node.operand(0)
      node.attributes.ignore("ratio", "seed", "is_test", "consumed_inputs")
      let isTraining = try node.opset >= 12 && (node.optionalConstant(2, "training mode")?.integers.first ?? 0) != 0
      guard try !isTraining || node.optionalConstant(1, "ratio")?.floats.first == 0 else {
        throw node.fault("is in training mode.", hint: "Export the model in evaluation mode (`model.eval()`).")
      }
      // At inference the mask lets everything through.
      return .identityBeside([
        Constant(shape: shape, booleans: [Bool](repeating: true, count: shape.elementCount))
      ])
    },
  ]
}

extension Constant {
  /// A tensor of `shape` whose elements are all this constant's only one.
  fileprivate func repeated(_ shape: [Int]) -> Constant {
    switch elementType {
    case .float32: Constant(shape: shape, [Float](repeating: floats[0], count: shape.elementCount))
    case .int64: Constant(shape: shape, [Int64](repeating: Int64(integers[0]), count: shape.elementCount))
    case .bool: Constant(shape: shape, booleans: [Bool](repeating: integers[0] != 0, count: shape.elementCount))
    }
  }
}
