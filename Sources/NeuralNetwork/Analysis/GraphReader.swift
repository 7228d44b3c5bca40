/// A graph with an index of who computes and who reads each value: for what looks for shapes of nodes in it.
struct GraphReader {
  let graph: Graph
  /// The node that computes each value; inputs have none.
  let producers: [Int: Int]
  /// The nodes that read each value.
  let consumers: [Int: [Int]]

  init(_ graph: Graph) {
    self.graph = graph
    producers = graph.producers
    consumers = graph.consumers
  }

  /// The node that computes `value`.
  func producer(_ value: Int) -> Graph.Node? { producers[value].map { graph.nodes[$0] } }

  /// The nodes that read `value`.
  func readers(_ value: Int) -> [Graph.Node] { (consumers[value] ?? []).map { graph.nodes[$0] } }

  func shape(_ value: Int) -> [Int] { graph.values[value].shape }

  /// What computes `value`, as the operator that is asked for.
  func operation<Operation: Operator>(_ value: Int, as type: Operation.Type = Operation.self) -> Operation? {
    producer(value)?.operation as? Operation
  }

  /// The activation and the number that `node` combines, where it combines one of each.
  ///
  /// - Returns: the value, the number, and whether the value comes first.
  func withNumber(_ node: Graph.Node) -> (value: Int, number: Float, isFirst: Bool)? {
    guard node.operands.count == 2 else { return nil }
    switch (node.operands[0], node.operands[1]) {
    case (.value(let value), .constant(let constant)):
      guard let number = constant.onlyNumber, shape(node.outputs[0]) == shape(value) else { return nil }
      return (value, number, true)
    case (.constant(let constant), .value(let value)):
      guard let number = constant.onlyNumber, shape(node.outputs[0]) == shape(value) else { return nil }
      return (value, number, false)
    default: return nil
    }
  }

  /// The value that `value` was before it was multiplied by a number or divided by one, and that number.
  func unscaled(_ value: Int) -> (value: Int, factor: Float)? {
    guard let node = producer(value), let found = withNumber(node) else { return nil }
    switch (node.operation as? Arithmetic)?.function {
    case .multiply: return (found.value, found.number)
    case .divide where found.isFirst && found.number != 0: return (found.value, 1 / found.number)
    default: return nil
    }
  }

  /// The value that `value` was before a number was added or taken away, and that number.
  func unshifted(_ value: Int) -> (value: Int, shift: Float)? {
    guard let node = producer(value), let found = withNumber(node) else { return nil }
    switch (node.operation as? Arithmetic)?.function {
    case .add: return (found.value, found.number)
    case .subtract where found.isFirst: return (found.value, -found.number)
    default: return nil
    }
  }

  /// The value in front of changes of shape alone.
  func beforeMoves(_ value: Int) -> Int {
    var value = value
    while let node = producer(value), node.movesAlone { value = node.inputs[0] }
    return value
  }
}

extension Graph.Node {
  /// Whether the node computes nothing: its elements are all of its one operand's, under another shape or in another order.
  var movesAlone: Bool { operation is Reshape || operation is Transpose }

  /// Whether the node mixes what it reads by weights: a convolution, or a product with a constant matrix.
  var hasWeights: Bool {
    switch operation {
    case is Convolution: true
    case is Gemm, is Product, is Einsum: inputs.count < operands.count
    default: operatorType == "ConvTranspose"
    }
  }
}

extension Constant {
  /// The number that all elements are, if they are one.
  var onlyNumber: Float? {
    guard (1...(1 << 24)).contains(count) else { return nil }
    if count == 1 { return floats.first }
    guard elementType == .float32 else {
      let all = integers
      return all.allSatisfy { $0 == all[0] } ? Float(all[0]) : nil
    }
    // Byte by byte, for the elements may lie at odd addresses.
    let size = elementType.size
    let buffer = bytes.buffer
    guard buffer.count == count * size else { return nil }
    for index in size..<buffer.count where buffer[index] != buffer[index - size] { return nil }
    return floats.first
  }

  /// The least and the greatest element of a small constant.
  var range: (lower: Float, upper: Float)? {
    guard (1...(1 << 16)).contains(count) else { return nil }
    let values = floats
    guard let lower = values.min(), let upper = values.max(), values.allSatisfy({ !$0.isNaN }) else { return nil }
    return (lower, upper)
  }
}
