/// Permutes axes. Source: ONNX Transpose-1, -13, -21.
struct Transpose: Operator {
  static let registrations = [
    Registration("Transpose") { node in
      let rank = try node.operand(0).count
      let permutation = try node.attributes.integers("perm") ?? (0..<rank).reversed()
      guard permutation.sorted() == Array(0..<rank) else {
        throw node.fault("has the permutation \(permutation) for a tensor of rank \(rank).")
      }
      return permutation == Array(0..<rank) ? .identity : .operation(Transpose(permutation: permutation))
    }
  ]

  /// Output axis i is input axis `permutation[i]`.
  let permutation: [Int]

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [permutation.map { operands[0][$0] }] }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.permute(pass.operands[0], permutation))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    var inverse = permutation
    for (axis, source) in permutation.enumerated() { inverse[source] = axis }
    return [try engine.mapParts(gradient, count: pass.wanted[0]) { try engine.permute($0, inverse) }]
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
