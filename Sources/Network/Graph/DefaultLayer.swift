/// Where Grad-CAM looks when nobody says where.
///
/// The last maps that still have the last convolution's spatial size, before pooling or flattening: the output of the
/// rectifier, residual sum or concatenation that closes the last convolutional block (Selvaraju et al. 2017, §3). A
/// convolution with one map for each class, as fully convolutional networks end in, is the classifier and does not count.
enum DefaultLayer {
  static func find(in graph: Graph, logits: Int) -> (value: Int, reason: String)? {
    let used = graph.ancestors(of: logits)
    func isMap(_ shape: [Int]) -> Bool { shape.count == 4 && shape[2] * shape[3] > 1 }
    let convolutions = graph.nodes.filter { node in
      node.operation is Convolution && used.contains(node.outputs[0]) && isMap(graph.values[node.outputs[0]].shape)
    }
    let classCount = graph.values[logits].shape.elementCount
    guard
      let last = convolutions.last(where: { node in
        graph.values[node.outputs[0]].shape[1] != classCount || hasWeights(after: node, graph)
      })
    else { return nil }
    let size = graph.values[last.outputs[0]].shape.dropFirst(2)
    var block: Set<Int> = [last.outputs[0]]
    var end = (value: last.outputs[0], node: last)
    for node in graph.nodes where node.inputs.contains(where: block.contains) {
      let output = node.outputs[0]
      let shape = graph.values[output].shape
      guard used.contains(output), isMap(shape), shape.dropFirst(2) == size, !endsBlock(node.operation) else {
        continue
      }
      block.insert(output)
      end = (output, node)
    }
    let reason =
      end.value == last.outputs[0]
      ? "the last convolution"
      : "the \(end.node.operatorType) that closes the block of the last convolution, \(last.name)"
    return (end.value, reason)
  }

  /// Whether anything behind `node` has weights of its own.
  private static func hasWeights(after node: Graph.Node, _ graph: Graph) -> Bool {
    let behind = graph.descendants(of: node.outputs[0])
    return graph.nodes.contains { other in
      other.outputs[0] != node.outputs[0] && behind.contains(other.outputs[0])
        && (other.operation is Gemm || other.operation is Product || other.operation is Convolution)
    }
  }

  /// Pooling, or the convolution that is the classifier.
  private static func endsBlock(_ operation: any Operator) -> Bool {
    operation is MaxPool || operation is AveragePool || operation is ReduceMean || operation is Convolution
  }
}
