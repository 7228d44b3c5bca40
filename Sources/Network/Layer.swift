/// A tensor of maps inside a network, [1, C, H, W].
public struct Layer: Hashable, Sendable {
  /// The name of the node that computes it.
  public let name: String
  /// The name of the tensor.
  public let tensor: String
  /// The ONNX operator that computes it, such as `Relu`.
  public let operatorType: String
  /// [1, C, H, W].
  public let shape: [Int]

  let value: Int

  /// The layers that the logits depend on and that have a spatial extent.
  static func all(in graph: Graph, before logits: Int) -> [Layer] {
    let used = graph.ancestors(of: logits)
    return graph.nodes.flatMap { node in
      node.outputs.compactMap { value in
        let shape = graph.values[value].shape
        guard used.contains(value), shape.count == 4, shape[0] == 1, shape[2] * shape[3] > 1 else { return nil }
        return Layer(
          name: node.name, tensor: graph.values[value].name, operatorType: node.operatorType, shape: shape, value: value
        )
      }
    }
  }
}
