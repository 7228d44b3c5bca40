/// Attention between all tokens of a picture, at one layer.
public struct AttentionBlock: Hashable, Sendable {
  /// What each token attends to, behind the softmax: [1, heads, T, T] or [heads, T, T], each row with sum 1.
  public let weights: TensorReference
  /// How the tokens lie over the picture.
  public let grid: TokenGrid
}

/// Tokens as the cells of a grid over the picture, row by row, behind leading ones that are no cells, such as a class token.
public struct TokenGrid: Hashable, Sendable {
  /// Rows of the grid.
  public let height: Int
  /// Columns of the grid.
  public let width: Int
  /// How many tokens stand in front of the grid.
  public let leading: Int

  /// How many tokens there are.
  public var tokens: Int { leading + height * width }
}

extension Network {
  /// The layers of attention between all tokens of the picture, in the order in which they are computed: wherever a softmax over
  /// T of T tokens, head by head, is multiplied by something that depends on the picture too.
  ///
  /// Attention within windows is none of them, nor is that to fewer tokens than there are.
  public var attentionBlocks: [AttentionBlock] { AttentionBlock.all(in: graph, before: roots) }
}

extension AttentionBlock {
  /// The blocks that any of `roots` depends on.
  static func all(in graph: Graph, before roots: Set<Int>) -> [AttentionBlock] {
    let used = roots.reduce(into: Set<Int>()) { $0.formUnion(graph.ancestors(of: $1)) }
    let reader = GraphReader(graph)
    let grids = TokenGrids(graph)
    return graph.nodes.compactMap { node in
      let output = node.outputs[0]
      let shape = graph.values[output].shape
      guard used.contains(output), let softmax = node.operation as? Softmax, softmax.axis == shape.count - 1,
        shape.count == 3 || shape.count == 4 && shape[0] == 1, let tokens = shape.last,
        shape[shape.count - 2] == tokens, weighsValues(output, reader),
        case .tokens(let height, let width, let leading)? = grids.arrangement(of: [1, tokens, 1])
      else { return nil }
      return AttentionBlock(
        weights: graph.reference(output, computedBy: node),
        grid: TokenGrid(height: height, width: width, leading: leading))
    }
  }

  /// Whether something else that depends on the picture is multiplied by it.
  private static func weighsValues(_ value: Int, _ reader: GraphReader) -> Bool {
    reader.readers(value).contains { node in
      if node.movesAlone { return weighsValues(node.outputs[0], reader) }
      return (node.operation is Product || node.operation is Einsum) && node.inputs.count == 2
    }
  }
}
