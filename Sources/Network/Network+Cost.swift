extension Network {
  /// Floating-point operations of one forward run, a multiplication and an addition counted as two; convolutions and
  /// matrix products alone, which are nearly all.
  public var floatingPointOperations: Int {
    graph.nodes.reduce(0) { $0 + 2 * multiplications(of: $1) }
  }

  /// Number of weights and other constants that the operations read; of a batch normalisation the scale and the shift.
  public var parameterCount: Int {
    graph.nodes.reduce(0) { sum, node in
      let operands = node.operands.reduce(0) {
        if case .constant(let constant) = $1 { $0 + constant.count } else { $0 }
      }
      return sum + operands + ownParameterCount(of: node.operation)
    }
  }

  /// Those that the operation keeps itself.
  private func ownParameterCount(of operation: any Operator) -> Int {
    switch operation {
    case let convolution as Convolution: convolution.weights.count + (convolution.bias?.count ?? 0)
    case let normalization as BatchNormalization: normalization.scale.count + normalization.shift.count
    case let normalization as Standardization: (normalization.scale?.count ?? 0) + (normalization.shift?.count ?? 0)
    case let normalization as RootMeanSquareNormalization: normalization.scale.count
    default: 0
    }
  }

  private func multiplications(of node: Graph.Node) -> Int {
    let output = graph.values[node.outputs[0]].shape
    switch node.operation {
    case let convolution as Convolution:
      return output.elementCount * convolution.weights.count / convolution.weights.shape[0]
    case let gemm as Gemm:
      return output.elementCount * (shape(of: node.operands[0])[gemm.transposesA ? 0 : 1])
    case is Product: return output.elementCount * (shape(of: node.operands[0]).last ?? 0)
    case let sum as Einsum: return sum.equation.factors.count > 1 ? Array(sum.equation.sizes.values).elementCount : 0
    default: return 0
    }
  }

  private func shape(of operand: Graph.Operand) -> [Int] {
    switch operand {
    case .value(let value): graph.values[value].shape
    case .constant(let constant): constant.shape
    }
  }
}
