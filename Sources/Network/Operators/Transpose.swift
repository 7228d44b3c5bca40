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

  func forward(_ operands: [Memory], on engine: Engine) throws -> ForwardResult {
    ForwardResult(try engine.permute(operands[0], permutation))
  }

  func backward(_ pass: BackwardPass, on engine: Engine) throws -> [Memory?] {
    guard let gradient = pass.gradient() else { return [nil] }
    var inverse = permutation
    for (axis, source) in permutation.enumerated() { inverse[source] = axis }
    return [try engine.mapParts(gradient, count: pass.wanted[0]) { try engine.permute($0, inverse) }]
  }
}

extension Engine {
  /// `memory` with its axes permuted, plain: a copy from permuted strides.
  func permute(_ memory: Memory, _ permutation: [Int]) throws -> Memory {
    let source = try reorder(memory, to: .plain)
    let result = allocate(Layout(permutation.map { source.shape[$0] }))
    let recipe = PermutedReorder(shape: source.shape, permutation: permutation)
    try execute(
      primitive(recipe), [(.source, MemoryView(descriptor: recipe.source, base: source)), (.destination, result)])
    return result
  }
}
