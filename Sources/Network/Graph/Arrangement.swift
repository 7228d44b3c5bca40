/// How a tensor is read as a stack of maps.
public enum Arrangement: Hashable, Codable, Sendable {
  /// [1, C, H, W].
  case maps
  /// [1, H, W, C].
  case channelsLast
  /// [1, T, C]: one token for each cell of a square grid, row by row, perhaps behind a class token that is no cell.
  case tokens(side: Int, droppingClassToken: Bool)

  /// [C, H, W] of a tensor of this shape.
  public func mapShape(of shape: [Int]) -> [Int] {
    switch self {
    case .maps: Array(shape[1...])
    case .channelsLast: [shape[3], shape[1], shape[2]]
    case .tokens(let side, _): [shape[2], side, side]
    }
  }

  /// How tokens [1, T, C] form a grid: T or T − 1 is a square number.
  init?(tokens shape: [Int]) {
    guard shape.count == 3, shape[0] == 1, shape[1] > 3 else { return nil }
    let side = Int(Double(shape[1]).squareRoot())
    if side * side == shape[1] {
      self = .tokens(side: side, droppingClassToken: false)
    } else if side * side == shape[1] - 1 {
      self = .tokens(side: side, droppingClassToken: true)
    } else {
      return nil
    }
  }

  /// How each value of a graph is read that is a stack of maps of more than one cell.
  ///
  /// Channels stand first, as in the input, until a transposition puts them last, and stay there until another brings
  /// them back.
  static func all(in graph: Graph) -> [Int: Arrangement] {
    var last: Set<Int> = []
    for node in graph.nodes {
      let isLast =
        switch node.operation {
        case let transpose as Transpose: transpose.permutation == [0, 2, 3, 1]
        case is Convolution, is MaxPool, is AveragePool: false
        case is Reshape:
          // Windows and heads are cut and joined again: the sum behind them says what they are.
          false
        default: node.inputs.contains(where: last.contains)
        }
      if isLast { last.formUnion(node.outputs) }
    }
    var found: [Int: Arrangement] = [:]
    for (index, value) in graph.values.enumerated() {
      let shape = value.shape
      if shape.count == 4, shape[0] == 1 {
        let arrangement = last.contains(index) ? Arrangement.channelsLast : .maps
        if arrangement.mapShape(of: shape).dropFirst().reduce(1, *) > 1 { found[index] = arrangement }
      } else if let tokens = Arrangement(tokens: shape) {
        found[index] = tokens
      }
    }
    return found
  }
}
