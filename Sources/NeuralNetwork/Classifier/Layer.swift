/// A tensor inside a network that can be read as a stack of maps.
public struct Layer: Hashable, Codable, Sendable {
  /// The name of the node that computes it.
  public let name: String
  /// The name of the tensor.
  public let tensor: String
  /// The ONNX operator that computes it, such as `Relu`.
  public let operatorType: String
  /// The shape of its activation and of its gradients: [1, C, H, W], [1, H, W, C] or [1, T, C].
  public let shape: [Int]
  /// How it is read as maps.
  public let arrangement: Arrangement
  /// Which part of the picture its maps lie over.
  public let view: FieldOfView
  /// Whether its spatial axes are the picture's, so that it can be shown as maps of it: attention matrices, for one, cannot.
  public let isMap: Bool

  let value: Int

  /// The layer as a tensor like any other.
  public var reference: TensorReference {
    TensorReference(name: tensor, node: name, operatorType: operatorType, shape: shape, value: value)
  }

  /// The layers by every name that means them: of nodes, and of tensors.
  static func byName(_ layers: [Layer], in graph: Graph) -> [String: Layer] {
    let known = Dictionary(layers.map { ($0.value, $0) }) { first, _ in first }
    return graph.names.compactMapValues { known[$0] }
  }

  /// The layers that any of `roots` depends on and that have a spatial extent.
  static func all(in graph: Graph, before roots: Set<Int>) -> [Layer] {
    let used = roots.reduce(into: Set<Int>()) { $0.formUnion(graph.ancestors(of: $1)) }
    let arrangements = Arrangement.all(in: graph)
    let views = SpatialViews(graph, arrangements)
    return graph.nodes.flatMap { node in
      node.outputs.compactMap { value in
        guard used.contains(value), let arrangement = arrangements[value] else { return nil }
        return Layer(
          name: node.name, tensor: graph.values[value].name, operatorType: node.operatorType,
          shape: graph.values[value].shape, arrangement: arrangement,
          view: views[value], isMap: views.isShown(value), value: value)
      }
    }
  }
}
