/// Parts of a tensor along one axis. Source: ONNX Split-1, -2, -11, -13, -18.
enum Split {
  static let registrations = [
    Registration("Split") { node in
      let shape = try node.operand(0)
      let axis = try node.axis(node.attributes.integer("axis", default: 0), rank: shape.count)
      let count = try node.attributes.optionalInteger("num_outputs") ?? node.outputCount
      let sizes = try node.integers(attribute: "split", orInput: 1) ?? equalSizes(shape[axis], count)
      // Outputs at the end may be left out.
      guard sizes.count >= node.outputCount, sizes.allSatisfy({ (0...shape[axis]).contains($0) }),
        sizes.reduce(0, +) == shape[axis]
      else { throw node.fault("cannot split an axis of \(shape[axis]) into \(sizes).") }
      var start = 0
      return .operation(
        Selecting(
          sizes.map { size in
            defer { start += size }
            let selection = Selection(shape, axis: axis, positions: Array(start..<(start + size)))
            return (selection, selection.shape)
          }))
    }
  ]

  /// Equal parts, the last one smaller where they do not fit.
  private static func equalSizes(_ size: Int, _ count: Int) -> [Int] {
    guard (1...max(size, 1)).contains(count) else { return [] }
    let part = (size + count - 1) / count
    return (0..<count).map { max(0, min(part, size - $0 * part)) }
  }
}
