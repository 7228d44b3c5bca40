import Diagnostics

/// What shape arithmetic does with constants: the operators that also run on activations, on numbers of any type.

extension Arithmetic: FoldableOperator {
  func fold(_ operands: [Constant]) throws -> [Constant] {
    let floats: (Float, Float) -> Float =
      switch function {
      case .add: { $0 + $1 }
      case .subtract: { $0 - $1 }
      case .multiply: { $0 * $1 }
      case .divide: { $0 / $1 }
      }
    return [
      try Constant.combine(operands[0], operands[1], floats: floats) { a, b in
        switch function {
        case .add: a &+ b
        case .subtract: a &- b
        case .multiply: a &* b
        case .divide: b == 0 ? nil : a.dividedReportingOverflow(by: b).partialValue
        }
      }
    ]
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

extension Transpose: FoldableOperator {
  func fold(_ operands: [Constant]) throws -> [Constant] {
    let source = operands[0]
    let shape = permutation.map { source.shape[$0] }
    let strides = source.shape.rowMajorStrides
    let steps = permutation.map { strides[$0] }
    func permuted<Element>(_ values: [Element]) -> [Element] {
      var result: [Element] = []
      result.reserveCapacity(values.count)
      func descend(_ axis: Int, _ base: Int) {
        if axis == shape.count { return result.append(values[base]) }
        for position in 0..<shape[axis] { descend(axis + 1, base + position * steps[axis]) }
      }
      descend(0, 0)
      return result
    }
    switch source.elementType {
    case .float32: return [Constant(shape: shape, permuted(source.floats))]
    case .int64: return [Constant(shape: shape, permuted(source.integers).map { Int64($0) })]
    case .bool: return [Constant(shape: shape, booleans: permuted(source.integers).map { $0 != 0 })]
    }
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

extension Constant {
  /// A function of two constants element by element, with broadcasting.
  ///
  /// - Parameter integers: `nil` where the result is not defined.
  /// - Throws: `Diagnostic` where it is not.
  static func combine(
    _ first: Constant, _ second: Constant, floats: (Float, Float) -> Float, integers: (Int64, Int64) -> Int64?
  ) throws(Diagnostic) -> Constant {
    guard let shape = Broadcasting.shape(first.shape, second.shape) else {
      throw .error("shapes \(first.shape.shapeText) and \(second.shape.shapeText) do not fit together.")
    }
    let (a, b) = (first.broadcast(to: shape), second.broadcast(to: shape))
    if a.elementType == .float32 || b.elementType == .float32 {
      return Constant(shape: shape, zip(a.floats, b.floats).map(floats))
    }
    let values = zip(a.integers, b.integers).compactMap { integers(Int64($0), Int64($1)) }
    guard values.count == shape.elementCount else {
      throw .error("the model divides by zero in its shape arithmetic.", hint: "Try another input size.")
    }
    return Constant(shape: shape, values)
  }
}
