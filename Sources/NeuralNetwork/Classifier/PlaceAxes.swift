/// Along which axis of a matrix the places of the picture lie, once maps have been made into tokens: [1, C, H·W] or
/// [1, H·W, C].
struct PlaceAxes {
  private var axes: [Int: Int] = [:]
  private let graph: Graph

  /// - Parameter maps: the values that are maps of the picture.
  init(_ graph: Graph, maps: Set<Int>) {
    self.graph = graph
    for node in graph.nodes {
      guard let input = node.inputs.first(where: { axes[$0] != nil || maps.contains($0) }) else { continue }
      for output in node.outputs { axes[output] = axis(of: output, node, reading: input) }
    }
  }

  /// Whether the node multiplies by constants along the axis of places, so that each place becomes a sum over all.
  func mixes(_ node: Graph.Node) -> Bool {
    guard node.hasWeights, let input = node.inputs.first, let axis = axes[input] else { return false }
    let rank = graph.values[input].shape.count
    switch node.operation {
    case is Product:
      if case .constant = node.operands[0] { return axis == rank - 2 }
      return axis == rank - 1
    // A convolution along channels, whose channels are the places.
    case is Convolution: return axis == 1
    default: return false
    }
  }

  private func axis(of output: Int, _ node: Graph.Node, reading input: Int) -> Int? {
    let (from, to) = (graph.values[input].shape, graph.values[output].shape)
    guard let axis = axes[input] else {
      // Maps that become a matrix.
      guard node.operation is Reshape, from.count == 4, to.count == 3 else { return nil }
      if to[1] == from[1], to[2] == from[2] * from[3] { return 2 }
      return to[2] == from[3] && to[1] == from[1] * from[2] ? 1 : nil
    }
    if let transpose = node.operation as? Transpose { return transpose.permutation.firstIndex(of: axis) }
    return from.count == to.count ? axis : nil
  }
}
