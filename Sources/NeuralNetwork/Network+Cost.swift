extension Network {
  /// Floating-point operations of one forward run, a multiplication and an addition counted as two; convolutions and
  /// matrix products alone, which are nearly all.
  public var floatingPointOperations: Int {
    graph.nodes.reduce(0) { sum, node in
      let output = graph.values[node.outputs[0]].shape
      return sum + 2 * node.operation.multiplications(node.operands.map(shape), output: output)
    }
  }

  /// Number of weights and other constants that the operations read; of a batch normalisation the scale and the shift.
  public var parameterCount: Int {
    graph.nodes.reduce(0) { sum, node in
      let operands = node.operands.reduce(0) {
        if case .constant(let constant) = $1 { $0 + constant.count } else { $0 }
      }
      return sum + operands + node.operation.parameterCount
    }
  }

  private func shape(of operand: Graph.Operand) -> [Int] {
    switch operand {
    case .value(let value): graph.values[value].shape
    case .constant(let constant): constant.shape
    }
  }
}
