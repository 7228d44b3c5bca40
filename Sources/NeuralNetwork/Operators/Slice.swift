/// A box of a tensor, with steps. Source: ONNX Slice-1, -10, -11, -13.
enum Slice {
  static let registrations = [
    Registration("Slice") { node in
      let shape = try node.operand(0)
      guard let starts = try node.attributes.integers("starts"), let ends = try node.attributes.integers("ends") else {
        throw node.fault("has no starts or ends.")
      }
      return try build(node, shape, starts, ends, axes: node.attributes.integers("axes"), steps: nil)
    },
    Registration("Slice", since: 10) { node in
      let shape = try node.operand(0)
      let starts = try node.constant(1, "starts").integers
      let ends = try node.constant(2, "ends").integers
      return try build(
        node, shape, starts, ends, axes: node.optionalConstant(3, "axes")?.integers,
        steps: node.optionalConstant(4, "steps")?.integers)
    },
  ]

  private static func build(
    _ node: NodeReader, _ shape: [Int], _ starts: [Int], _ ends: [Int], axes: [Int]?, steps: [Int]?
  ) throws -> Translation {
    let axes = try axes?.map { try node.axis($0, rank: shape.count) } ?? Array(starts.indices)
    let steps = steps ?? starts.map { _ in 1 }
    guard starts.count == axes.count, ends.count == axes.count, steps.count == axes.count, axes.count <= shape.count,
      Set(axes).count == axes.count, !steps.contains(0)
    else { throw node.fault("has starts \(starts), ends \(ends), axes \(axes) and steps \(steps), which do not fit.") }
    var named: [Int: [Int]] = [:]
    for (index, axis) in axes.enumerated() {
      named[axis] = positions(from: starts[index], to: ends[index], by: steps[index], size: shape[axis])
    }
    return .operation(Selecting(Selection(shape, named)))
  }

  /// Negative bounds count from the end; all are clamped to the axis.
  private static func positions(from start: Int, to end: Int, by step: Int, size: Int) -> [Int] {
    let limits = step > 0 ? 0...size : -1...max(size - 1, -1)
    func resolved(_ bound: Int) -> Int {
      min(max(bound < 0 ? bound + size : bound, limits.lowerBound), limits.upperBound)
    }
    // Steps beyond the axis take the first element alone; so large ones would overflow.
    return Array(stride(from: resolved(start), to: resolved(end), by: min(max(step, -size - 1), size + 1)))
  }
}
