/// Where Grad-CAM looks when nobody says where.
///
/// In a convolutional network: the last maps that still have the last convolution's spatial size, before pooling or
/// flattening begins: the output of the rectifier, residual sum or concatenation that closes the last convolutional block
/// (Selvaraju et al. 2017, §3). A convolution with one map for each class, as fully convolutional networks end in, is the
/// classifier and does not count; nor do powers, exponentials and bounds that belong to a generalised mean.
///
/// Where other weights mix places behind the last convolution, as in mixers: what is averaged over space at the end.
///
/// In a network with attention behind its last convolution: what is averaged over space at the end, as hierarchical
/// transformers do; or else the normalised tokens that the last attention reads. Behind it only the class token has a
/// gradient. Where the attention only pools, the last maps that everything goes through before it.
struct DefaultLayer {
  private let graph: Graph
  private let reader: GraphReader
  private let logits: Int
  private let used: Set<Int>
  private let arrangements: [Int: Arrangement]
  private let views: SpatialViews
  private let roles: ActivationRoles
  private let rectifiers: RectifierRoles
  /// The values that every way from the picture to the scores leads through, in order.
  private let gates: [Int]

  private init(_ graph: Graph, logits: Int) {
    self.graph = graph
    self.logits = logits
    reader = GraphReader(graph)
    used = graph.ancestors(of: logits)
    arrangements = Arrangement.all(in: graph)
    views = SpatialViews(graph, arrangements)
    roles = ActivationRoles(reader)
    rectifiers = RectifierRoles(reader)
    gates = graph.gates(before: logits)
  }

  /// The value and why it is this one, or `nil` where the structure does not say.
  static func find(in graph: Graph, logits: Int) -> (value: Int, reason: LayerReason)? {
    let search = DefaultLayer(graph, logits: logits)
    let convolution = search.lastConvolution
    if let attention = search.lastAttention(behind: convolution) {
      return search.pooledMaps(behind: attention) ?? search.normalizedTokens(before: attention)
        ?? search.mapsOnEveryWay(before: attention) ?? convolution.map(search.endOfBlock)
    }
    guard let convolution else { return search.pooledAtTheEnd ?? search.tokensOnEveryWay(behind: nil) }
    let end = search.endOfBlock(of: convolution)
    guard search.mixesPlaces(behind: end.value) else { return end }
    return search.pooledAtTheEnd ?? search.tokensOnEveryWay(behind: end.value) ?? end
  }

  // MARK: - Convolutions

  private var lastConvolution: Graph.Node? {
    let classCount = graph.values[logits].shape.elementCount
    return graph.nodes.last { node in
      node.operation is Convolution && used.contains(node.outputs[0]) && arrangements[node.outputs[0]] == .maps
        && (graph.values[node.outputs[0]].shape[1] != classCount || hasWeights(after: node))
    }
  }

  /// The last maps of the convolution's size that depend on it and are not pooled.
  private func endOfBlock(of convolution: Graph.Node) -> (value: Int, reason: LayerReason) {
    let size = sides(of: convolution.outputs[0])
    var block: Set<Int> = [convolution.outputs[0]]
    var end = (value: convolution.outputs[0], node: convolution)
    for node in graph.nodes where node.inputs.contains(where: block.contains) && !endsBlock(node) {
      block.formUnion(node.outputs)
      let output = node.outputs[0]
      // What only moves channels closes nothing.
      if used.contains(output), sides(of: output) == size, !(node.operation is Transpose) { end = (output, node) }
    }
    // A number that a power or an exponential is scaled by belongs to it.
    while end.node.operation is Arithmetic, let scaled = reader.withNumber(end.node), block.contains(scaled.value),
      let before = reader.producer(scaled.value),
      reader.readers(end.value).allSatisfy(belongsToGeneralizedMean), !reader.readers(end.value).isEmpty
    {
      end = (scaled.value, before)
    }
    let reason: LayerReason =
      end.value == convolution.outputs[0]
      ? .lastConvolution : .endOfBlock(operatorType: end.node.operatorType, convolution: convolution.name)
    return (end.value, reason)
  }

  /// Height and width of maps; `nil` for tokens and other tensors.
  private func sides(of value: Int) -> [Int]? {
    switch arrangements[value] {
    case .maps?, .channelsLast?: arrangements[value].map { Array($0.mapShape(of: graph.values[value].shape)[1...]) }
    case .tokens?, nil: nil
    }
  }

  /// Pooling, the convolution that is the classifier, or what belongs to a generalised mean.
  private func endsBlock(_ node: Graph.Node) -> Bool {
    switch node.operation {
    case is MaxPool, is IndexedMaxPool, is AveragePool, is ReduceMean, is Convolution: true
    default: belongsToGeneralizedMean(node)
    }
  }

  /// Whether the node is a bound, a power, an exponential or a logarithm around a sum or a mean.
  private func belongsToGeneralizedMean(_ node: Graph.Node) -> Bool {
    switch node.operation {
    case let rectifier as Rectifier: rectifiers.role(of: node, rectifier) == .guard
    case let pair as Pairwise: pair.function == .power && roles.isPartOfSum(node)
    case let activation as Activation:
      [.exponential, .squareRoot].contains(activation.function) && roles.isPartOfSum(node)
    case let math as ElementwiseMath: math.function == .logarithm && roles.isPartOfSum(node)
    default: false
    }
  }

  /// Whether anything behind `node` has weights of its own.
  private func hasWeights(after node: Graph.Node) -> Bool {
    let behind = graph.descendants(of: node.outputs[0])
    return graph.nodes.contains { other in
      other.outputs[0] != node.outputs[0] && behind.contains(other.outputs[0])
        && (other.operation is Gemm || other.operation is Product || other.operation is Convolution)
    }
  }

  /// Whether weights mix places behind `value`, as in mixers: a product with a constant along the axis of places.
  private func mixesPlaces(behind value: Int) -> Bool {
    let behind = graph.descendants(of: value)
    let places = PlaceAxes(graph, maps: views.maps)
    return graph.nodes.contains { node in
      used.contains(node.outputs[0]) && behind.contains(node.outputs[0]) && places.mixes(node)
    }
  }

  // MARK: - Pooling

  /// What is averaged over space at the end, once everything goes through it.
  private var pooledAtTheEnd: (value: Int, reason: LayerReason)? {
    let known = Set(gates)
    return graph.nodes.last { node in
      guard let input = node.inputs.first, known.contains(input), let arrangement = arrangements[input] else {
        return false
      }
      return node.operation.averagesSpace(of: graph.values[input].shape, arrangement)
    }.map { (beforePooling($0.inputs[0]), .averaged) }
  }

  /// The maps or tokens that are averaged over space behind the last attention.
  private func pooledMaps(behind attention: Graph.Node) -> (value: Int, reason: LayerReason)? {
    let behind = graph.descendants(of: attention.outputs[0])
    for node in graph.nodes.reversed() where used.contains(node.outputs[0]) {
      guard let input = node.inputs.first, behind.contains(input), let arrangement = arrangements[input] else {
        continue
      }
      if node.operation.averagesSpace(of: graph.values[input].shape, arrangement) {
        return (beforePooling(input), .averaged)
      }
    }
    return nil
  }

  /// The maps in front of the powers and bounds of a generalised mean.
  private func beforePooling(_ value: Int) -> Int {
    var value = value
    while let node = reader.producer(value), node.inputs.count == 1, endsBlock(node), !node.hasWeights,
      arrangements[node.inputs[0]] == arrangements[value],
      graph.values[node.inputs[0]].shape == graph.values[value].shape
    {
      value = node.inputs[0]
    }
    return value
  }

  /// The last tokens that everything goes through, behind `start`.
  private func tokensOnEveryWay(behind start: Int?) -> (value: Int, reason: LayerReason)? {
    let behind = start.map { graph.descendants(of: $0) }
    return gates.last { value in
      guard case .tokens? = arrangements[value], let node = reader.producer(value) else { return false }
      return behind?.contains(value) ?? true && !node.movesAlone
    }.map { ($0, .lastTokens) }
  }

  // MARK: - Attention

  /// The last attention behind the last convolution: a softmax that no further convolution of maps reads.
  private func lastAttention(behind convolution: Graph.Node?) -> Graph.Node? {
    guard
      let attention = graph.nodes.last(where: { node in
        // A softmax that weighs nothing makes probabilities.
        node.operation is Softmax && used.contains(node.outputs[0]) && roles.isGate(node.outputs[0])
      })
    else { return nil }
    let behind = graph.descendants(of: attention.outputs[0])
    let isMixedAgain = graph.nodes.contains { node in
      node.operation is Convolution && used.contains(node.outputs[0]) && behind.contains(node.outputs[0])
        && arrangements[node.outputs[0]] == .maps
    }
    guard let convolution, !isMixedAgain else { return convolution == nil ? attention : nil }
    // An attention beside all convolutions has nothing to do with them.
    let before = graph.ancestors(of: attention.outputs[0])
    let readsMaps = graph.nodes.contains { $0.operation is Convolution && before.contains($0.outputs[0]) }
    return readsMaps || before.contains(convolution.outputs[0]) ? attention : nil
  }

  /// The last normalisation of tokens that the attention depends on.
  private func normalizedTokens(before attention: Graph.Node) -> (value: Int, reason: LayerReason)? {
    let before = graph.ancestors(of: attention.outputs[0])
    let spelling = SpelledNormalization(graph)
    return graph.nodes.last { node in
      before.contains(node.outputs[0]) && arrangements[node.outputs[0]] != nil
        && arrangements[node.outputs[0]] != .maps
        && (node.operation is Standardization || node.operation is RootMeanSquareNormalization || spelling.isLast(node))
    }.map { ($0.outputs[0], .beforeLastAttention) }
  }

  /// The last maps that everything goes through before an attention that pools.
  private func mapsOnEveryWay(before attention: Graph.Node) -> (value: Int, reason: LayerReason)? {
    let before = graph.ancestors(of: attention.outputs[0])
    return gates.last { value in
      guard before.contains(value), views.maps.contains(value), let node = reader.producer(value) else { return false }
      return !node.movesAlone && !endsBlock(node) || node.operation is Convolution
    }.map { ($0, .beforeAttentionPooling) }
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

extension Graph {
  /// The values that every way from the inputs to `end` leads through, in the order of the nodes; `end` among them.
  func gates(before end: Int) -> [Int] {
    let used = ancestors(of: end)
    var readers: [Int: Int] = [:]
    for node in nodes where node.outputs.contains(where: used.contains) {
      for value in Set(node.inputs) { readers[value, default: 0] += 1 }
    }
    var gates: [Int] = []
    // Values that have been computed and will still be read.
    var live = Set(inputs.filter { readers[$0] ?? 0 > 0 })
    for node in nodes where node.outputs.contains(where: used.contains) {
      for value in Set(node.inputs) {
        readers[value, default: 0] -= 1
        if readers[value] == 0 { live.remove(value) }
      }
      live.formUnion(node.outputs.filter { used.contains($0) })
      if live.count == 1, let only = live.first, node.outputs.contains(only) { gates.append(only) }
    }
    return gates
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
