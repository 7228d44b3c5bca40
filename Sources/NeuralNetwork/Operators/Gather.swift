/// Slices of a tensor, picked by indices along one axis. Source: ONNX Gather-1, -11, -13.
enum Gather {
  static let registrations = [
    Registration("Gather") { node in
      guard !node.has(1) || node.isConstant(1) else { return .operation(try Lookup(&node)) }
      let shape = try node.operand(0)
      let indices = try node.constant(1, "indices")
      let axis = try node.axis(node.attributes.integer("axis", default: 0), rank: shape.count)
      let positions = try indices.integers.map { index in
        guard (-shape[axis]..<shape[axis]).contains(index) else {
          throw node.fault("picks index \(index) along an axis of \(shape[axis]).")
        }
        return index < 0 ? index + shape[axis] : index
      }
      return .operation(
        Selecting(
          Selection(shape, axis: axis, positions: positions),
          shape: shape[..<axis] + indices.shape + shape[(axis + 1)...]))
    }
  ]
}
