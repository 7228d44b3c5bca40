/// A copy of a tensor in which some slices are replaced by updates, or combined with them.
///
/// The indices are constants. Source: ONNX ScatterND-11, -13, -16, -18; Scatter-9; ScatterElements-11, -13, -16, -18.
struct ScatterND: FoldableOperator {
  enum Reduction: String {
    case none, add, mul, max, min
  }

  static let registrations = [
    Registration("Scatter", since: 9) { try elements(&$0) },
    Registration("ScatterElements", since: 11) { try elements(&$0) },
    Registration("ScatterND", since: 11) { node in
      let shape = try node.operand(0)
      let indices = try node.constant(1, "indices")
      let updates = try node.operand(2)
      let reduction = try reduction(&node)
      guard let depth = indices.shape.last, (0...shape.count).contains(depth),
        updates == indices.shape.dropLast() + shape[depth...]
      else {
        throw node.fault(
          "scatters \(updates.shapeText) by indices \(indices.shape.shapeText) into \(shape.shapeText), "
            + "which do not fit.")
      }
      let strides = shape.rowMajorStrides
      let positions = indices.integers
      let offsets = try (0..<indices.shape.dropLast().reduce(1, *)).map { row in
        try (0..<depth).reduce(0) { offset, axis in
          let position = positions[row * depth + axis]
          guard (-shape[axis]..<shape[axis]).contains(position) else {
            throw node.fault("scatters to index \(position) along an axis of \(shape[axis]).")
          }
          return offset + (position < 0 ? position + shape[axis] : position) * strides[axis]
        }
      }
      return .operation(
        ScatterND(shape: shape, offsets: offsets, size: shape[depth...].reduce(1, *), reduction: reduction))
    },
  ]

  /// Single elements along one axis.
  private static func elements(_ node: inout NodeReader) throws -> Translation {
    let shape = try node.operand(0)
    let indices = try node.constant(1, "indices")
    let updates = try node.operand(2)
    let axis = try node.axis(node.attributes.integer("axis", default: 0), rank: shape.count)
    guard updates == indices.shape else {
      throw node.fault("scatters \(updates.shapeText) by indices \(indices.shape.shapeText), which do not fit.")
    }
    return .operation(
      ScatterND(
        shape: shape, offsets: try ElementOffsets.along(axis, of: shape, indices, node), size: 1,
        reduction: try reduction(&node)))
  }

  private static func reduction(_ node: inout NodeReader) throws -> Reduction {
    let name = try node.attributes.string("reduction", default: "none")
    guard let reduction = Reduction(rawValue: name) else { throw node.fault("has the unknown reduction “\(name)”.") }
    guard [.none, .add].contains(reduction) || node.operands.allSatisfy(\.isConstant) else {
      throw node.fault("combines activations by “\(name)”, which is supported only for constants.")
    }
    return reduction
  }

  let shape: [Int]
  /// Where each slice begins.
  let offsets: [Int]
  /// Elements of a slice.
  let size: Int
  let reduction: Reduction

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [shape] }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    if operands[0].elementType == .float32 {
      var values = operands[0].floats
      values.withUnsafeMutableBufferPointer { scatter(operands[1].floats, into: $0, +, *) }
      return [Constant(shape: shape, values)]
    }
    var values = operands[0].integers
    values.withUnsafeMutableBufferPointer { scatter(operands[1].integers, into: $0, &+, &*) }
    return [
      operands[0].elementType == .bool
        ? Constant(shape: shape, booleans: values.map { $0 != 0 }) : Constant(shape: shape, values.map { Int64($0) })
    ]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let (data, updates) = (
      try engine.reorder(pass.operands[0], to: .plain), try engine.reorder(pass.operands[1], to: .plain)
    )
    let result = engine.allocate(Layout(shape))
    _ = result.elements.update(from: data.elements)
    scatter(Array(updates.elements), into: result.elements, +, *)
    return ForwardResult(result)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    let data = try pass.gradient(for: 0).map { gradient in
      guard reduction == .none else { return gradient }
      // What was replaced passes nothing on.
      return try engine.mapParts(gradient, count: pass.wanted[0]) { part in
        let dy = try engine.reorder(part, to: .plain)
        let result = engine.allocate(dy.layout)
        _ = result.elements.update(from: dy.elements)
        forEachElement { target, _ in result.elements[target] = 0 }
        return result
      }
    }
    let updates = try pass.gradient(for: 1).map { gradient in
      try engine.mapParts(gradient, count: pass.wanted[1]) { part in
        let dy = try engine.reorder(part, to: .plain)
        let result = engine.allocate(Layout(pass.operands[1].shape))
        forEachElement { result.elements[$1] = dy.elements[$0] }
        return result
      }
    }
    return [data, updates]
  }

  private func scatter<Element: Comparable>(
    _ updates: [Element], into values: UnsafeMutableBufferPointer<Element>, _ sum: (Element, Element) -> Element,
    _ product: (Element, Element) -> Element
  ) {
    forEachElement { target, source in
      switch reduction {
      case .none: values[target] = updates[source]
      case .add: values[target] = sum(values[target], updates[source])
      case .mul: values[target] = product(values[target], updates[source])
      case .max: values[target] = Swift.max(values[target], updates[source])
      case .min: values[target] = Swift.min(values[target], updates[source])
      }
    }
  }

  /// Calls `body` with the index of each replaced element and that of its update.
  private func forEachElement(_ body: (_ target: Int, _ update: Int) -> Void) {
    for (slice, offset) in offsets.enumerated() {
      for index in 0..<size { body(offset + index, slice * size + index) }
    }
  }
}
