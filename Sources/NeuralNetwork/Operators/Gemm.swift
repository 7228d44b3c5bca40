/// y = α · a′ · b′ + β · c, where a′ and b′ are a and b, transposed if asked: a fully connected layer.
///
/// a′ is [N, K], b′ [K, M], c broadcasts to [N, M]. Source: ONNX Gemm-1, -6, -7, -9, -11, -13.
struct Gemm: Operator {
  static let registrations = [
    Registration("Gemm") { node in
      // The addend's shape says whether it is repeated.
      if node.opset < 7 { node.attributes.ignore("broadcast") }
      let (a, b) = (try node.operand(0), try node.operand(1))
      let gemm = Gemm(
        alpha: try node.attributes.float("alpha", default: 1), beta: try node.attributes.float("beta", default: 1),
        transposesA: try node.attributes.flag("transA"), transposesB: try node.attributes.flag("transB"))
      let addend = node.has(2) ? try node.operand(2) : nil
      guard a.count == 2, b.count == 2, gemm.inner(a, b) != nil,
        addend.map({ Broadcasting.shape($0, gemm.result(a, b)) == gemm.result(a, b) }) ?? true
      else {
        throw node.fault("multiplies matrices \(a.shapeText) and \(b.shapeText), which do not fit.")
      }
      return .operation(gemm)
    }
  ]

  let alpha: Float
  let beta: Float
  let transposesA: Bool
  let transposesB: Bool

  var acceptsMisalignedConstants: Bool { true }

  func outputShapes(_ operands: [[Int]]) throws -> [[Int]] { [result(operands[0], operands[1])] }

  func multiplications(_ operands: [[Int]], output: [Int]) -> Int {
    output.elementCount * operands[0][transposesA ? 0 : 1]
  }

  func forward(_ pass: ForwardPass, on engine: Engine) throws -> ForwardResult {
    let a = try engine.reorder(pass.operands[0], to: .plain)
    let b = try engine.reorder(pass.operands[1], to: .plain)
    let product = MatrixProduct(
      first: effective(a.shape, transposesA), second: effective(b.shape, transposesB), transposesFirst: transposesA,
      transposesSecond: transposesB)
    let result = try engine.scale(engine.multiply(product, a, b), by: alpha)
    guard pass.operands.count > 2 else { return ForwardResult(result) }
    return ForwardResult(try engine.combine(.add, result, engine.scale(pass.operands[2], by: beta)))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    let a = try engine.reorder(pass.operands[0], to: .plain)
    let b = try engine.reorder(pass.operands[1], to: .plain)
    return try pass.operands.indices.map { index in
      guard let gradient = pass.gradient(for: index) else { return nil }
      let count = pass.wanted[index]
      let dy = try engine.reorder(gradient, to: .plain)
      switch index {
      case 0: return try engine.scale(gradientAtA(dy, count: count, b, on: engine), by: alpha)
      case 1:
        let db = try engine.mapParts(dy, count: count) { try gradientAtB($0, a, on: engine) }
        return try engine.scale(db, by: alpha)
      default: return try engine.scale(engine.sum(dy, count: count, to: pass.operands[2].shape), by: beta)
      }
    }
  }

  /// dy · b′ᵀ, transposed where a is.
  private func gradientAtA(_ dy: Memory, count: Int, _ b: Memory, on engine: Engine) throws -> Memory {
    let second = effective(b.shape, !transposesB)
    if transposesB, !transposesA {
      let rows = WeightedRows(dy)
      if rows.pays { return rows.sum(of: b, on: engine) }
    }
    guard transposesA else {
      // The rows of all gradients of the batch share one pass over the weights.
      return try engine.multiply(
        MatrixProduct(first: dy.shape, second: second, transposesSecond: !transposesB), dy, b)
    }
    return try engine.mapParts(dy, count: count) { part in
      // (dy · b′ᵀ)ᵀ = b′ · dyᵀ.
      try engine.multiply(
        MatrixProduct(
          first: effective(b.shape, transposesB), second: effective(part.shape, true), transposesFirst: transposesB,
          transposesSecond: true),
        b, part)
    }
  }

  /// a′ᵀ · dy, transposed where b is.
  private func gradientAtB(_ dy: Memory, _ a: Memory, on engine: Engine) throws -> Memory {
    if transposesB {
      return try engine.multiply(
        MatrixProduct(
          first: effective(dy.shape, true), second: effective(a.shape, transposesA), transposesFirst: true,
          transposesSecond: transposesA),
        dy, a)
    }
    return try engine.multiply(
      MatrixProduct(first: effective(a.shape, !transposesA), second: dy.shape, transposesFirst: !transposesA), a, dy)
  }

  private func effective(_ shape: [Int], _ transposed: Bool) -> [Int] { transposed ? shape.reversed() : shape }

  private func inner(_ a: [Int], _ b: [Int]) -> Int? {
    effective(a, transposesA)[1] == effective(b, transposesB)[0] ? effective(a, transposesA)[1] : nil
  }

  private func result(_ a: [Int], _ b: [Int]) -> [Int] {
    [effective(a, transposesA)[0], effective(b, transposesB)[1]]
  }
}
