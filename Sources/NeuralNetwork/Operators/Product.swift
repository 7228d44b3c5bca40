/// y = a · b, the product of matrices in the last two axes. Source: ONNX MatMul-1, -9, -13.
struct Product: Operator {
  static let registrations = [
    Registration("MatMul") { node in
      let (first, second) = (try node.operand(0), try node.operand(1))
      guard Product.resultShape(first, second) != nil else {
        throw node.fault("multiplies matrices \(first.shapeText) and \(second.shapeText), which do not fit.")
      }
      return .operation(Product())
    }
  ]

  var acceptsMisalignedConstants: Bool { true }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] {
    [Product.resultShape(operands[0], operands[1]) ?? []]
  }

  func multiplications(_ operands: [[Int]], output: [Int]) -> Int { output.elementCount * (operands[0].last ?? 0) }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let matrices = try Matrices(pass.operands, on: engine)
    let product = MatrixProduct(first: matrices.first.shape, second: matrices.second.shape)
    let result = try engine.multiply(product, matrices.first, matrices.second)
    return ForwardResult(result.reshaped(try outputShapes(pass.operands.map(\.shape))[0]))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    let matrices = try Matrices(pass.operands, on: engine)
    let (first, second) = (matrices.first, matrices.second)
    let product = MatrixProduct(first: first.shape, second: second.shape).result
    return try [0, 1].map { index in
      guard let gradient = pass.gradient(for: index) else { return nil }
      let count = pass.wanted[index]
      let dy = try engine.reorder(gradient, to: .plain).reshaped(product.batched(count))
      let shape = pass.operands[index].shape.batched(count)
      if index == 0 {
        if second.shape.count == 2 {
          // One matrix serves the whole batch.
          return try engine.multiply(.transposingSecond(dy.shape, second.shape), dy, second).reshaped(shape)
        }
        return try engine.mapParts(dy, count: count) {
          try engine.sum(
            engine.multiply(.transposingSecond($0.shape, second.shape), $0, second), count: 1, to: first.shape)
        }.reshaped(shape)
      }
      return try engine.mapParts(dy, count: count) {
        try engine.sum(engine.multiply(.transposingFirst(first.shape, $0.shape), first, $0), count: 1, to: second.shape)
      }.reshaped(shape)
    }
  }

  /// Shape of a · b by the rules of numpy.matmul, or `nil` where they do not fit.
  static func resultShape(_ first: [Int], _ second: [Int]) -> [Int]? {
    guard let last = first.last, !second.isEmpty else { return nil }
    let inner = second.count == 1 ? second[0] : second[second.count - 2]
    guard last == inner, let batch = Broadcasting.shape(Array(first.dropLast(2)), Array(second.dropLast(2))) else {
      return nil
    }
    let rows = first.count == 1 ? [] : [first[first.count - 2]]
    let columns = second.count == 1 ? [] : [second[second.count - 1]]
    return batch + rows + columns
  }

  /// The operands as plain matrices of one rank. A single second matrix stays one, and the first's batch axes join its rows.
  private struct Matrices {
    let first: Memory
    let second: Memory

    init(_ operands: [Memory], on engine: Engine) throws {
      let (a, b) = (try engine.reorder(operands[0], to: .plain), try engine.reorder(operands[1], to: .plain))
      let left = a.shape.count == 1 ? [1] + a.shape : a.shape
      let right = b.shape.count == 1 ? b.shape + [1] : b.shape
      if right.count == 2 {
        first = a.reshaped([left.dropLast().elementCount, left[left.count - 1]])
        second = b.reshaped(right)
      } else {
        let rank = max(left.count, right.count)
        first = a.reshaped(Broadcasting.padded(left, rank))
        second = b.reshaped(Broadcasting.padded(right, rank))
      }
    }
  }
}

extension MatrixProduct {
  /// dy · bᵀ.
  static func transposingSecond(_ gradient: [Int], _ second: [Int]) -> MatrixProduct {
    MatrixProduct(first: gradient, second: second.transposed, transposesSecond: true)
  }

  /// aᵀ · dy.
  static func transposingFirst(_ first: [Int], _ gradient: [Int]) -> MatrixProduct {
    MatrixProduct(first: first.transposed, second: gradient, transposesFirst: true)
  }
}

extension Collection<Int> {
  fileprivate var elementCount: Int { reduce(1, *) }
}

extension [Int] {
  /// The shape with its last two axes swapped.
  fileprivate var transposed: [Int] { dropLast(2) + [self[count - 1], self[count - 2]] }
}
