/// Adds a border (or, with negative pads, takes one away). Source: ONNX Pad-1, -2, -11, -13, -18, -19, -21.
struct Pad: Operator {
  enum Mode: String {
    case constant, reflect, edge, wrap
  }

  static let registrations = [
    Registration("Pad") { node in
      let shape = try node.operand(0)
      let value = try node.attributes.float("value", default: 0)
      guard let pads = try node.attributes.integers("paddings") else { throw node.fault("has no paddings.") }
      return try build(&node, shape, pads, value)
    },
    Registration("Pad", since: 2) { node in
      let shape = try node.operand(0)
      let value = try node.attributes.float("value", default: 0)
      guard let pads = try node.attributes.integers("pads") else { throw node.fault("has no pads.") }
      return try build(&node, shape, pads, value)
    },
    Registration("Pad", since: 11) { node in
      let shape = try node.operand(0)
      let pads = try node.constant(1, "pads").integers
      let value = try node.optionalConstant(2, "value")?.floats.first ?? 0
      let axes =
        try node.optionalConstant(3, "axes")?.integers.map { try node.axis($0, rank: shape.count) }
        ?? Array(shape.indices)
      guard pads.count == 2 * axes.count else { throw node.fault("has \(pads.count) pads for \(axes.count) axes.") }
      var all = [Int](repeating: 0, count: 2 * shape.count)
      for (index, axis) in axes.enumerated() {
        all[axis] = pads[index]
        all[axis + shape.count] = pads[index + axes.count]
      }
      return try build(&node, shape, all, value)
    },
  ]

  /// For each axis of the output the position in the input, or −1 for the constant.
  let sources: [[Int]]
  let value: Float

  private static func build(
    _ node: inout NodeReader, _ shape: [Int], _ pads: [Int], _ value: Float
  ) throws -> Translation {
    guard let mode = Mode(rawValue: try node.attributes.string("mode", default: "constant")),
      pads.count == 2 * shape.count, pads.allSatisfy({ $0.magnitude < 1 << 20 })
    else { throw node.fault("has an unknown mode or impossible pads \(pads).") }
    let sources = try shape.indices.map { axis in
      let (begin, end, size) = (pads[axis], pads[axis + shape.count], shape[axis])
      guard size + begin + end > 0, mode != .reflect || max(begin, end) < size else {
        throw node.fault("cannot pad an axis of \(size) by \(begin) and \(end).")
      }
      return (-begin..<(size + end)).map { source($0, size, mode) }
    }
    return .operation(Pad(sources: sources, value: value))
  }

  private static func source(_ position: Int, _ size: Int, _ mode: Mode) -> Int {
    if (0..<size).contains(position) { return position }
    switch mode {
    case .constant: return -1
    case .edge: return position < 0 ? 0 : size - 1
    case .reflect: return position < 0 ? -position : 2 * (size - 1) - position
    case .wrap: return ((position % size) + size) % size
    }
  }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [sources.map(\.count)] }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let x = try engine.reorder(pass.operands[0], to: .plain)
    let y = engine.allocate(Layout(sources.map(\.count)))
    let (from, to) = (x.elements, y.elements)
    walk(x.shape) { output, source in to[output] = source < 0 ? value : from[source] }
    return ForwardResult(y)
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    let shape = pass.operands[0].shape
    let dx = try engine.mapParts(gradient, count: pass.wanted[0]) { part in
      let dy = try engine.reorder(part, to: .plain)
      let dx = engine.allocate(Layout(shape))
      let (from, to) = (dy.elements, dx.elements)
      to.update(repeating: 0)
      walk(shape) { output, source in if source >= 0 { to[source] += from[output] } }
      return dx
    }
    return [dx]
  }

  /// Calls `body` with the index of each output element and that of its source, negative for the constant.
  func walk(_ shape: [Int], _ body: (Int, Int) -> Void) {
    let strides = shape.rowMajorStrides
    var output = 0
    func descend(_ axis: Int, _ base: Int) {
      if axis == sources.count {
        body(output, base)
        output += 1
        return
      }
      for source in sources[axis] {
        // A constant along any axis makes the element constant.
        descend(axis + 1, base < 0 || source < 0 ? -1 : base + source * strides[axis])
      }
    }
    descend(0, 0)
  }
}

extension Pad: FoldableOperator {
  func fold(_ operands: [Constant]) throws -> [Constant] {
    let shape = sources.map(\.count)
    func padded<Element>(_ values: [Element], _ border: Element) -> [Element] {
      var result = [Element](repeating: border, count: shape.elementCount)
      walk(operands[0].shape) { output, source in if source >= 0 { result[output] = values[source] } }
      return result
    }
    switch operands[0].elementType {
    case .float32: return [Constant(shape: shape, padded(operands[0].floats, value))]
    case .int64:
      let border = Constant(shape: [1], [value]).integers[0]
      return [Constant(shape: shape, padded(operands[0].integers, border).map { Int64($0) })]
    case .bool: return [Constant(shape: shape, booleans: padded(operands[0].integers.map { $0 != 0 }, value != 0))]
    }
  }
}
