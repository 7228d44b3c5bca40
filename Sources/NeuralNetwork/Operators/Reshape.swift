/// The same elements under another shape: Reshape, Flatten, Squeeze and Unsqueeze.
///
/// Source: ONNX Reshape-1, -5, -13, -14, -19, -21; Flatten-1, -9, -11, -13, -21; Squeeze and Unsqueeze-1, -11, -13, -21.
struct Reshape: FoldableOperator {
  static let registrations = [
    Registration("Reshape") { node in
      let input = try node.operand(0)
      node.attributes.ignore("consumed_inputs")
      guard let target = try node.attributes.integers("shape") else { throw node.fault("has no shape.") }
      return try reshape(input, to: resolve(target, input, keepsZero: false), node)
    },
    Registration("Reshape", since: 5) { node in
      let input = try node.operand(0)
      let target = try node.constant(1, "shape").integers
      let keepsZero = try node.attributes.flag("allowzero")
      return try reshape(input, to: resolve(target, input, keepsZero: keepsZero), node)
    },
    Registration("Flatten") { node in
      let input = try node.operand(0)
      let axis = try node.attributes.integer("axis", default: 1)
      let split = axis == input.count ? axis : try node.axis(axis, rank: input.count)
      return try reshape(
        input, to: [Array(input[..<split]).elementCount, Array(input[split...]).elementCount], node)
    },
    Registration("Squeeze") { node in
      let input = try node.operand(0)
      let axes = try node.integers(attribute: "axes", orInput: 1)?.map { try node.axis($0, rank: input.count) }
      let dropped = axes ?? input.indices.filter { input[$0] == 1 }
      guard dropped.allSatisfy({ input[$0] == 1 }) else {
        throw node.fault("drops an axis of \(input.shapeText) whose size is not 1.")
      }
      return try reshape(input, to: input.indices.filter { !dropped.contains($0) }.map { input[$0] }, node)
    },
    Registration("Unsqueeze") { node in
      var rest = try node.operand(0)[...]
      let axes = try node.integers(attribute: "axes", orInput: 1) ?? []
      let rank = rest.count + axes.count
      let inserted = Set(try axes.map { try node.axis($0, rank: rank) })
      guard inserted.count == axes.count else { throw node.fault("inserts an axis twice.") }
      let shape = (0..<rank).map { inserted.contains($0) ? 1 : rest.removeFirst() }
      return .operation(Reshape(target: shape))
    },
  ]

  /// The output shape.
  let target: [Int]

  private static func reshape(_ input: [Int], to target: [Int], _ node: NodeReader) throws -> Translation {
    guard target.allSatisfy({ $0 >= 0 }), target.saturatingElementCount == input.elementCount else {
      throw node.fault(
        "cannot give \(input.shapeText) the shape \(target.shapeText).",
        hint: "The model may be made for another input size.")
    }
    return .operation(Reshape(target: target))
  }

  /// 0 keeps the input's size along that axis; −1 takes what is left.
  private static func resolve(_ target: [Int], _ input: [Int], keepsZero: Bool) -> [Int] {
    var shape = target.indices.map { axis in
      target[axis] == 0 && !keepsZero && axis < input.count ? input[axis] : target[axis]
    }
    if let free = shape.firstIndex(of: -1) {
      shape[free] = 1
      let rest = shape.saturatingElementCount
      shape[free] = rest > 0 ? input.elementCount / rest : -1
    }
    return shape
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [target] }

  func fold(_ operands: [Constant]) throws -> [Constant] { [operands[0].reshaped(target)] }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.reorder(pass.operands[0], to: .plain).reshaped(target))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    [
      try pass.gradient().map {
        try engine.reorder($0, to: .plain).reshaped(pass.operands[0].shape.batched(pass.wanted[0]))
      }
    ]
  }
}
