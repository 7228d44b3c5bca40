/// How a tensor is read as a stack of maps.
public enum Arrangement: Hashable, Codable, Sendable {
  /// [1, C, H, W].
  case maps
  /// [1, H, W, C].
  case channelsLast
  /// [1, T, C]: one token for each cell of a grid, row by row, behind some leading tokens that are no cells, such as the
  /// class token.
  case tokens(height: Int, width: Int, leading: Int)

  /// [C, H, W] of a tensor of this shape.
  public func mapShape(of shape: [Int]) -> [Int] {
    switch self {
    case .maps: Array(shape[1...])
    case .channelsLast: [shape[3], shape[1], shape[2]]
    case .tokens(let height, let width, _): [shape[2], height, width]
    }
  }

  /// How each value of a graph is read that is a stack of maps of more than one cell.
  ///
  /// Channels stand where the input has them, until a transposition puts them elsewhere, and stay there until another
  /// brings them back.
  static func all(in graph: Graph) -> [Int: Arrangement] {
    let last = channelsLastValues(of: graph)
    let grids = TokenGrids(graph)
    var found: [Int: Arrangement] = [:]
    for (index, value) in graph.values.enumerated() {
      let shape = value.shape
      if shape.count == 4, shape[0] == 1 {
        let arrangement = last.contains(index) ? Arrangement.channelsLast : .maps
        if arrangement.mapShape(of: shape).dropFirst().reduce(1, *) > 1 { found[index] = arrangement }
      } else if let tokens = grids.arrangement(of: shape) {
        found[index] = tokens
      }
    }
    return found
  }

  private static func channelsLastValues(of graph: Graph) -> Set<Int> {
    var last: Set<Int> = graph.takesChannelsLast ? Set(graph.inputs.prefix(1)) : []
    for node in graph.nodes {
      let isLast =
        switch node.operation {
        case let transpose as Transpose: transpose.permutation == [0, 2, 3, 1]
        case is Convolution, is TransposedConvolution, is MaxPool, is AveragePool: false
        case is Reshape:
          // Windows and heads are cut and joined again: the sum behind them says what they are.
          false
        default: node.inputs.contains(where: last.contains)
        }
      if isLast { last.formUnion(node.outputs) }
    }
    return last
  }
}

/// The grids that the tokens of a network may form.
struct TokenGrids {
  /// Sides of what convolutions and pooling leave: the patches that become tokens.
  private let embeddings: [(height: Int, width: Int)]
  /// Sides of the input.
  private let picture: (height: Int, width: Int)?
  /// Networks have a class token, perhaps a distillation token, and up to four registers.
  private static let leading = 0...5

  init(_ graph: Graph) {
    embeddings = graph.nodes.compactMap { node in
      let shape = graph.values[node.outputs[0]].shape
      guard shape.count == 4, shape[0] == 1,
        node.operation is Convolution || node.operation is MaxPool || node.operation is AveragePool
      else { return nil }
      return (shape[2], shape[3])
    }
    picture = graph.inputs.first.map { graph.values[$0].shape }.flatMap { shape in
      guard shape.count == 4 else { return nil }
      return graph.takesChannelsLast ? (shape[1], shape[2]) : (shape[2], shape[3])
    }
  }

  /// How tokens [1, T, C] form a grid, or `nil` where they form none: the grid of a patch embedding, or else of square
  /// patches of the picture, or else a square.
  func arrangement(of shape: [Int]) -> Arrangement? {
    guard shape.count == 3, shape[0] == 1, shape[1] > 3 else { return nil }
    for grid in [embedding, patches, square] {
      for leading in Self.leading where shape[1] - leading > 3 {
        guard let found = grid(shape[1] - leading, leading) else { continue }
        return .tokens(height: found.height, width: found.width, leading: leading)
      }
    }
    return nil
  }

  private func embedding(_ cells: Int, _ leading: Int) -> (height: Int, width: Int)? {
    embeddings.last { $0.height * $0.width == cells }
  }

  // Without an embedding to go by, more than a class token would be a guess.

  private func patches(_ cells: Int, _ leading: Int) -> (height: Int, width: Int)? {
    guard leading <= 1, let picture, picture.height * picture.width % cells == 0,
      let side = squareRoot(of: picture.height * picture.width / cells), side > 1, picture.height % side == 0,
      picture.width % side == 0
    else { return nil }
    return (picture.height / side, picture.width / side)
  }

  private func square(_ cells: Int, _ leading: Int) -> (height: Int, width: Int)? {
    leading <= 1 ? squareRoot(of: cells).map { ($0, $0) } : nil
  }

  private func squareRoot(of number: Int) -> Int? {
    let root = Int(Double(number).squareRoot())
    return root * root == number ? root : nil
  }
}
