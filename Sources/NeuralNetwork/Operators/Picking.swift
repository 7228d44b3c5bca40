/// Slices of a tensor, or single elements, picked by constant indices.
///
/// Source: ONNX GatherElements-11, -13; GatherND-11, -12, -13.
struct Picking: FoldableOperator {
  static let registrations = [
    Registration("GatherElements", since: 11) { node in
      let shape = try node.operand(0)
      let indices = try node.constant(1, "indices")
      let axis = try node.axis(node.attributes.integer("axis", default: 0), rank: shape.count)
      let offsets = try ElementOffsets.along(axis, of: shape, indices, node)
      return .operation(Picking(shape: indices.shape, offsets: offsets, size: 1))
    },
    Registration("GatherND", since: 11) { node in
      let shape = try node.operand(0)
      let indices = try node.constant(1, "indices")
      let batch = try node.attributes.integer("batch_dims", default: 0)
      guard let depth = indices.shape.last, (0...min(shape.count, indices.shape.count - 1)).contains(batch),
        depth >= 0, batch + depth <= shape.count, indices.shape.prefix(batch).elementsEqual(shape.prefix(batch))
      else { throw node.fault("picks from \(shape.shapeText) by \(indices.shape.shapeText), which do not fit.") }
      let strides = shape.rowMajorStrides
      let positions = indices.integers
      let outer = indices.shape[batch..<(indices.shape.count - 1)].reduce(1, *)
      let size = shape[(batch + depth)...].reduce(1, *)
      let batchSize = shape[batch...].reduce(1, *)
      let offsets = try (0..<(shape[..<batch].reduce(1, *) * outer)).map { row in
        try (0..<depth).reduce(row / outer * batchSize) { offset, level in
          let position = positions[row * depth + level]
          return try offset + node.position(position, along: batch + level, of: shape) * strides[batch + level]
        }
      }
      return .operation(
        Picking(shape: indices.shape.dropLast() + shape[(batch + depth)...], offsets: offsets, size: size))
    },
  ]

  /// The result's shape.
  let shape: [Int]
  /// Where each slice begins in the source.
  let offsets: [Int]
  /// Elements of a slice.
  let size: Int

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [shape] }

  func fold(_ operands: [Constant]) throws -> [Constant] {
    let whole = operands[0].widened
    defer { withExtendedLifetime(whole) {} }
    let (bytes, length) = (whole.bytes.buffer, size * whole.elementType.size)
    let unit = operands[0].elementType.size
    var result: [UInt8] = []
    result.reserveCapacity(offsets.count * length)
    for offset in offsets { result += bytes[(offset * unit)..<(offset * unit + length)] }
    return [Constant(shape: shape, elementType: operands[0].elementType, bytes: Bytes(result))]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let x = try engine.reorder(pass.operands[0], to: .plain)
    let y = engine.allocate(Layout(shape))
    let (from, to) = (x.elements, y.elements)
    for (slice, offset) in offsets.enumerated() {
      for index in 0..<size { to[slice * size + index] = from[offset + index] }
    }
    return ForwardResult(y)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      let dy = try engine.reorder(part, to: .plain)
      let result = engine.allocate(Layout(pass.operands[0].shape))
      let (from, to) = (dy.elements, result.elements)
      to.update(repeating: 0)
      for (slice, offset) in offsets.enumerated() {
        for index in 0..<size { to[offset + index] += from[slice * size + index] }
      }
      return result
    }
    return [dx]
  }
}
