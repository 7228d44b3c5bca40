/// Which values the gradients of one value reach, and where they end.
struct GradientFlow {
  /// The values that a gradient reaches, the root among them.
  private let reached: Set<Int>
  /// The nodes that pass nothing on of the gradients that reach them, in the order in which they run.
  private let ends: [Graph.Node]
  private let graph: Graph

  init(_ graph: Graph, from root: Int) {
    var (reached, ends): (Set<Int>, [Graph.Node]) = ([root], [])
    for node in graph.nodes.reversed() {
      let outputs = node.outputs.indices.filter { reached.contains(node.outputs[$0]) }
      guard !outputs.isEmpty else { continue }
      var isEnd = false
      for (operand, place) in node.operands.enumerated() {
        guard case .value(let value) = place else { continue }
        if outputs.contains(where: { node.operation.passesGradient(from: $0, to: operand) }) {
          reached.insert(value)
        } else {
          isEnd = true
        }
      }
      if isEnd { ends.append(node) }
    }
    (self.reached, self.ends, self.graph) = (reached, ends.reversed(), graph)
  }

  /// The first node in front of which gradients on their way to a value end, where none of them arrives.
  ///
  /// - Returns: `nil` where one arrives, or the root does not depend on the value.
  func end(before value: Int) -> Graph.Node? {
    guard !reached.contains(value) else { return nil }
    let behind = graph.descendants(of: value)
    return ends.first { $0.inputs.contains(where: behind.contains) }
  }
}
