/// Where Grad-CAM looks when nobody says where.
///
/// In a convolutional network: the last maps that still have the last convolution's spatial size, before pooling or
/// flattening: the output of the rectifier, residual sum or concatenation that closes the last convolutional block
/// (Selvaraju et al. 2017, §3). A convolution with one map for each class, as fully convolutional networks end in, is the
/// classifier and does not count.
///
/// In a network with attention behind its last convolution: what is averaged over space at the end, as hierarchical
/// transformers do; or else the normalised tokens that the last attention reads. Behind it only the class token has a
/// gradient.
struct DefaultLayer {
  private let graph: Graph
  private let logits: Int
  private let used: Set<Int>
  private let arrangements: [Int: Arrangement]

  private init(_ graph: Graph, logits: Int) {
    self.graph = graph
    self.logits = logits
    used = graph.ancestors(of: logits)
    arrangements = Arrangement.all(in: graph)
  }

  /// The value and why it is this one, or `nil` where the structure does not say.
  static func find(in graph: Graph, logits: Int) -> (value: Int, reason: String)? {
    let search = DefaultLayer(graph, logits: logits)
    let convolution = search.lastConvolution
    let behind = convolution.map { graph.descendants(of: $0.outputs[0]) }
    let attention = graph.nodes.last { node in
      node.operation is Softmax && search.used.contains(node.outputs[0]) && behind?.contains(node.outputs[0]) ?? true
    }
    guard let attention else { return convolution.map(search.endOfBlock) }
    return search.pooledMaps(behind: attention) ?? search.normalizedTokens(before: attention)
  }

  private var lastConvolution: Graph.Node? {
    let classCount = graph.values[logits].shape.elementCount
    return graph.nodes.last { node in
      node.operation is Convolution && used.contains(node.outputs[0]) && arrangements[node.outputs[0]] == .maps
        && (graph.values[node.outputs[0]].shape[1] != classCount || hasWeights(after: node))
    }
  }

  /// The last maps of the convolution's size that depend on it and are not pooled.
  private func endOfBlock(of convolution: Graph.Node) -> (value: Int, reason: String) {
    let size = sides(of: convolution.outputs[0])
    var block: Set<Int> = [convolution.outputs[0]]
    var end = (value: convolution.outputs[0], node: convolution)
    for node in graph.nodes where node.inputs.contains(where: block.contains) && !endsBlock(node.operation) {
      block.formUnion(node.outputs)
      let output = node.outputs[0]
      // What only moves channels closes nothing.
      if used.contains(output), sides(of: output) == size, !(node.operation is Transpose) { end = (output, node) }
    }
    let reason =
      end.value == convolution.outputs[0]
      ? "the last convolution"
      : "the \(end.node.operatorType) that closes the block of the last convolution, \(convolution.name)"
    return (end.value, reason)
  }

  /// Height and width of maps; `nil` for tokens and other tensors.
  private func sides(of value: Int) -> [Int]? {
    switch arrangements[value] {
    case .maps?, .channelsLast?: arrangements[value].map { Array($0.mapShape(of: graph.values[value].shape)[1...]) }
    case .tokens?, nil: nil
    }
  }

  /// The maps or tokens that are averaged over space behind the last attention.
  private func pooledMaps(behind attention: Graph.Node) -> (value: Int, reason: String)? {
    let behind = graph.descendants(of: attention.outputs[0])
    for node in graph.nodes.reversed() where used.contains(node.outputs[0]) {
      guard let input = node.inputs.first, behind.contains(input), let arrangement = arrangements[input] else {
        continue
      }
      if node.operation.averagesSpace(of: graph.values[input].shape, arrangement) {
        return (input, "what is averaged over space at the end")
      }
    }
    return nil
  }

  /// The last normalisation of tokens that the attention depends on.
  private func normalizedTokens(before attention: Graph.Node) -> (value: Int, reason: String)? {
    let before = graph.ancestors(of: attention.outputs[0])
    let spelling = SpelledNormalization(graph)
    return graph.nodes.last { node in
      before.contains(node.outputs[0]) && arrangements[node.outputs[0]] != nil
        && (node.operation is Standardization || spelling.isLast(node))
    }.map { ($0.outputs[0], "the normalisation in front of the last attention") }
  }

  /// Whether anything behind `node` has weights of its own.
  private func hasWeights(after node: Graph.Node) -> Bool {
    let behind = graph.descendants(of: node.outputs[0])
    return graph.nodes.contains { other in
      other.outputs[0] != node.outputs[0] && behind.contains(other.outputs[0])
        && (other.operation is Gemm || other.operation is Product || other.operation is Convolution)
    }
  }

  /// Pooling, or the convolution that is the classifier.
  private func endsBlock(_ operation: any Operator) -> Bool {
    operation is MaxPool || operation is AveragePool || operation is ReduceMean || operation is Convolution
  }
}

extension Operator {
  /// Whether this takes the mean of each map, as global average pooling does.
  func averagesSpace(of shape: [Int], _ arrangement: Arrangement) -> Bool {
    switch (self, arrangement) {
    case (let pool as AveragePool, .maps): pool.isGlobal(over: Array(shape.dropFirst(2)))
    case (let mean as ReduceMean, .maps): mean.axes == [2, 3]
    case (let mean as ReduceMean, .channelsLast): mean.axes == [1, 2]
    case (let mean as ReduceMean, .tokens): mean.axes == [1]
    default: false
    }
  }
}

/// Layer normalisation as operator sets before 17 spell it: (x − μ) / √(σ² + ε) · scale + shift.
private struct SpelledNormalization {
  private let graph: Graph
  private let producers: [Int: Int]

  init(_ graph: Graph) {
    self.graph = graph
    producers = graph.producers
  }

  /// Whether `node` is the last of such a spelling: a constant shift of a constant scale of a quotient by a root.
  func isLast(_ node: Graph.Node) -> Bool {
    guard let scaled = producer(of: node, .add), let quotient = producer(of: scaled, .multiply),
      (quotient.operation as? Arithmetic)?.function == .divide, quotient.inputs.count == 2,
      let divisor = producers[quotient.inputs[1]]
    else { return false }
    return (graph.nodes[divisor].operation as? Activation)?.function == .squareRoot
  }

  /// What computes the only activation that `node` combines with a constant.
  private func producer(of node: Graph.Node, _ function: BinaryFunction) -> Graph.Node? {
    guard (node.operation as? Arithmetic)?.function == function, node.inputs.count == 1 else { return nil }
    return producers[node.inputs[0]].map { graph.nodes[$0] }
  }
}
