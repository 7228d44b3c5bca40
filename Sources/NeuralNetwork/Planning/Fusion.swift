/// Finds the chains of nodes that run as one operation: each operation takes in what it can of those behind it.
struct Fusion {
  /// Nodes that run as one.
  struct Chain {
    /// The first node.
    let head: Int
    private(set) var operation: any Operator
    private(set) var operands: [Graph.Operand]

    /// A node alone.
    init(of node: Graph.Node, at index: Int) {
      head = index
      operation = node.operation
      operands = node.operands
    }

    /// Takes in a node that reads `value`, the end of the chain, if the operation can.
    fileprivate mutating func append(_ node: Graph.Node, reading value: Int, _ graph: Graph) -> Bool {
      let others = node.inputs.filter { $0 != value }
      guard others.count == node.operands.count - 1,
        let fused = operation.fused(
          with: Successor(
            operation: node.operation, shape: graph.values[value].shape, others: others.map { graph.values[$0].shape }))
      else { return false }
      operation = fused
      operands += others.map { .value($0) }
      return true
    }
  }

  /// The chains of more than one node, by the index of the last.
  private(set) var chains: [Int: Chain] = [:]
  /// The other nodes of the chains.
  private(set) var absorbed: Set<Int> = []

  /// - Parameters:
  ///   - barriers: values that must exist.
  ///   - needed: values that something will read; what else there is does not run.
  init(_ graph: Graph, barriers: Set<Int>, needed: Set<Int>) {
    let consumers = graph.consumers.mapValues { readers in
      readers.filter { graph.nodes[$0].outputs.contains(where: needed.contains) }
    }
    func onlyReader(of node: Graph.Node) -> Int? {
      guard !barriers.contains(node.outputs[0]), let readers = consumers[node.outputs[0]], readers.count == 1 else {
        return nil
      }
      return readers[0]
    }
    for (start, node) in graph.nodes.enumerated() where node.outputs.contains(where: needed.contains) && !isTaken(start)
    {
      var chain = Chain(of: node, at: start)
      var end = start
      while let next = onlyReader(of: graph.nodes[end]), !isTaken(next),
        chain.append(graph.nodes[next], reading: graph.nodes[end].outputs[0], graph)
      {
        absorbed.insert(end)
        end = next
      }
      if end != start { chains[end] = chain }
    }
  }

  private func isTaken(_ node: Int) -> Bool { absorbed.contains(node) || chains[node] != nil }
}
