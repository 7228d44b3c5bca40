/// Global average pooling followed by one linear layer: the architecture for which class activation maps are defined.
///
/// y^c = Σ_k w^c_k · mean(A^k) + b^c. Source: Zhou et al. 2016, §2.
public struct ClassActivationHead: Sendable {
  /// A, the maps that are averaged.
  public let layer: Layer
  /// w, [classes, maps].
  public let weights: Tensor

  /// Finds the head that ends in the scores, or returns `nil` where the network ends in another way.
  init?(_ graph: Graph, _ head: ClassifierHead) {
    let logits = head.logits
    let producers = graph.producers
    func producer(_ value: Int) -> Graph.Node? { producers[value].map { graph.nodes[$0] } }
    guard let linear = LinearLayer(graph, logits: logits, producer) else { return nil }
    var value = linear.input
    while let node = producer(value), node.operation is Reshape { value = node.inputs[0] }
    guard let pooling = producer(value), let input = pooling.inputs.first else { return nil }
    let shape = graph.values[input].shape
    guard shape.count == 4, let layer = Layer.all(in: graph, before: [logits]).first(where: { $0.value == input }),
      pooling.operation.averagesSpace(of: shape, layer.arrangement),
      graph.values[value].shape.elementCount == layer.arrangement.mapShape(of: shape)[0]
    else { return nil }
    self.layer = layer
    weights = head.isSingle ? linear.weights.withOpposite : linear.weights
  }
}

/// A fully connected layer, or the 1×1 convolution that is one, at the end of a network.
private struct LinearLayer {
  let input: Int
  /// [classes, features].
  let weights: Tensor

  init?(_ graph: Graph, logits: Int, _ producer: (Int) -> Graph.Node?) {
    var value = logits
    while let node = producer(value), Self.isBias(node) || Self.movesVector(node, in: graph) { value = node.inputs[0] }
    guard let node = producer(value), let input = node.inputs.first, node.inputs.count == 1 else { return nil }
    self.input = input
    switch node.operation {
    case let gemm as Gemm where !gemm.transposesA:
      guard case .constant(let matrix) = node.operands[1] else { return nil }
      let plain = gemm.transposesB ? Tensor(matrix) : Tensor(matrix).transposed
      weights = Tensor(shape: plain.shape, plain.values.map { $0 * gemm.alpha })
    case is Product:
      guard node.operands.count == 2, case .constant(let matrix) = node.operands[1], matrix.shape.count == 2 else {
        return nil
      }
      weights = Tensor(matrix).transposed
    case let convolution as Convolution where graph.values[input].shape.dropFirst(2).elementCount == 1:
      guard convolution.groups == 1, convolution.window.kernel.elementCount == 1 else { return nil }
      weights = Tensor(shape: Array(convolution.weights.shape.prefix(2)), convolution.weights.floats)
    default: return nil
    }
  }

  /// Whether the node leaves the scores as they are, in another shape.
  private static func movesVector(_ node: Graph.Node, in graph: Graph) -> Bool {
    node.operation is Reshape || node.operation is Transpose && graph.values[node.outputs[0]].shape.isVector
  }

  private static func isBias(_ node: Graph.Node) -> Bool {
    (node.operation as? Arithmetic)?.function == .add && node.inputs.count == 1
  }
}

extension Tensor {
  fileprivate init(_ constant: Constant) { self.init(shape: constant.shape, constant.floats) }

  /// A matrix of one row with the negated row in front: class 0 of a single score is −y.
  fileprivate var withOpposite: Tensor { Tensor(shape: [2, shape[1]], values.map { -$0 } + values) }

  /// A matrix with rows and columns exchanged.
  fileprivate var transposed: Tensor {
    let (rows, columns) = (shape[0], shape[1])
    var result = Tensor(shape: [columns, rows])
    for row in 0..<rows {
      for column in 0..<columns { result.values[column * rows + row] = values[row * columns + column] }
    }
    return result
  }
}

extension ArraySlice<Int> {
  fileprivate var elementCount: Int { reduce(1, *) }
}
