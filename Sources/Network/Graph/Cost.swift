extension Network {
  /// Floating-point operations of one forward run, a multiplication and an addition counted as two; convolutions and
  /// matrix products alone, which are nearly all.
  public var floatingPointOperations: Int {
    graph.nodes.reduce(0) { $0 + 2 * multiplications(of: $1) }
  }

  /// Number of weights and other constants that the operations read.
  public var parameterCount: Int {
    graph.nodes.reduce(0) { sum, node in
      let operands = node.operands.reduce(0) {
        if case .constant(let constant) = $1 { $0 + constant.count } else { $0 }
      }
      guard let convolution = node.operation as? Convolution else { return sum + operands }
      return sum + operands + convolution.weights.count + (convolution.bias?.count ?? 0)
    }
  }

  private func multiplications(of node: Graph.Node) -> Int {
    let output = graph.values[node.outputs[0]].shape
    switch node.operation {
    case let convolution as Convolution:
      return output.elementCount * convolution.weights.count / convolution.weights.shape[0]
    case is Gemm, is Product:
      guard case .constant(let matrix) = node.operands.last(where: { !$0.isVector }) ?? node.operands[0] else {
        return 0
      }
      return matrix.count * output.dropLast().reduce(1, *)
    default: return 0
    }
  }
}

extension Graph.Operand {
  fileprivate var isVector: Bool {
    if case .constant(let constant) = self { constant.shape.count < 2 } else { false }
  }
}
