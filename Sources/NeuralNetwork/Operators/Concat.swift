import Diagnostics

/// Joins tensors along an axis. Source: ONNX Concat-1, -4, -11, -13.
struct Concat: Operator {
  static let registrations = [
    Registration("Concat") { node in
      let shapes = try node.inputs.indices.map { try node.operand($0) }
      guard let first = shapes.first else { throw node.fault("has no inputs.") }
      let axis = try node.axis(node.attributes.integer("axis", default: 1), rank: first.count)
      let others = shapes.map { shape in shape.indices.map { $0 == axis ? 0 : shape[$0] } }
      guard others.allSatisfy({ $0 == others[0] }) else {
        throw node.fault("joins shapes \(shapes.map(\.shapeText).joined(separator: ", ")), which do not fit.")
      }
      return .operation(Concat(axis: axis))
    }
  ]

  let axis: Int

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    var shape = operands[0]
    shape[axis] = operands.reduce(0) { $0 + $1[axis] }
    return [shape]
  }

  var joinsChannels: Bool { axis == 1 }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    if axis == 1, let whole = Memory.joined(pass.operands) { return ForwardResult(whole) }
    let shape = try outputShapes(pass.operands.map(\.shape))[0]
    let format = commonFormat(pass.operands.map(\.layout))
    let parts = try pass.operands.map { try engine.reorder($0, to: format) }
    let output = engine.allocate(Layout(shape, format))
    let primitive = try engine.primitive(
      Concatenation(parts: parts.map(\.layout), whole: output.layout, axis: axis))
    try engine.execute(
      primitive, parts.enumerated().map { (.source($0), $1) } + [(.destination, output)])
    return ForwardResult(output)
  }

  func bound(ofOperands count: Int, _ magnitude: (Int) -> Float) -> Float { (0..<count).map(magnitude).reduce(0, max) }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let whole = pass.gradients[0] else { return pass.operands.map { _ in nil } }
    let gradient = try engine.reorder(whole, to: commonFormat(pass.operands.map(\.layout)))
    var offset = 0
    return try pass.operands.indices.map { index in
      defer { offset += pass.operands[index].shape[axis] }
      guard pass.wanted[index] > 0 else { return nil }
      return try part(of: gradient, at: offset, like: pass.operands[index], pass, index, on: engine)
    }
  }

  /// The slice of the gradient that belongs to an operand.
  private func part(
    of gradient: Memory, at offset: Int, like operand: Memory, _ pass: BackwardPass, _ index: Int, on engine: Engine
  ) throws -> Memory {
    if axis == 0 {
      // Along the batch axis each gradient has its own slice.
      let parts = gradient.prefix(pass.wanted[index], of: pass.count)
      return try engine.mapParts(parts, count: pass.wanted[index]) {
        try slice($0, at: offset, shape: operand.shape, on: engine)
      }
    }
    return try slice(gradient, at: offset, shape: operand.shape.batched(pass.wanted[index]), on: engine)
  }

  private func slice(_ whole: Memory, at offset: Int, shape: [Int], on engine: Engine) throws -> Memory {
    if axis == 1, let part = whole.channels(from: offset, count: shape[1]) { return part }
    let result = engine.allocate(whole.layout.with(shape: shape))
    var position = [Int](repeating: 0, count: shape.count)
    position[axis] = offset
    try engine.execute(
      engine.primitive(PartReorder(whole: whole.layout, part: result.layout, offset: position)),
      [(.source, whole), (.destination, result)])
    return result
  }

  /// A format in which the parts can stand side by side: the first one's, if no part cuts a block.
  private func commonFormat(_ layouts: [Layout]) -> Layout.Format {
    let format = layouts[0].format
    let fits = layouts.allSatisfy {
      Layout($0.shape, format).fillsBlocks(channels: $0.shape.count > 1 ? $0.shape[1] : 1)
    }
    return fits ? format : .plain
  }
}

extension Concat: FoldableOperator {
  func fold(_ operands: [Constant]) throws -> [Constant] {
    let shape = try outputShapes(operands.map(\.shape))[0]
    let type = operands[0].elementType
    guard operands.allSatisfy({ $0.elementType == type }) else {
      throw Diagnostic.error("the model joins constants of different types.", hint: "The file is damaged.")
    }
    // Each outer position holds one run of every part.
    let outer = shape[..<axis].reduce(1, *)
    let runs = operands.map { $0.shape[axis...].reduce(1, *) * type.size }
    let whole = operands.map(\.widened)
    defer { withExtendedLifetime(whole) {} }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(shape.elementCount * type.size)
    for position in 0..<outer {
      for (operand, run) in zip(whole, runs) {
        bytes += operand.bytes.buffer[(position * run)..<((position + 1) * run)]
      }
    }
    return [Constant(shape: shape, elementType: type, bytes: Bytes(bytes))]
  }
}
