public import Diagnostics

/// Where the gradients of a target end before they reach what methods look at: at nodes that round, compare or count.
public struct GradientReach: Codable, Equatable, Sendable {
  /// A node behind which there are gradients, and before which there are none.
  public struct End: Codable, Hashable, Sendable {
    /// The node's name.
    public let node: String
    /// The ONNX operator, such as `Round`.
    public let operatorType: String

    init(_ node: Graph.Node) { (self.node, operatorType) = (node.name, node.operatorType) }
  }

  /// What keeps gradients from the picture; `nil` where they arrive.
  public let beforePicture: End?
  /// What keeps them from layers and from the weights of attention, by the tensor's name; those where they arrive are left out.
  public let beforeTensors: [String: End]
}

extension Network {
  /// Where the gradients of a target end.
  ///
  /// - Throws: `Diagnostic` where there is no such target.
  public func gradientReach(of target: Target) throws(Diagnostic) -> GradientReach {
    let flow = GradientFlow(graph, from: try targets.seed(of: target).root)
    let tensors = layers.map(\.reference) + attentionBlocks.map(\.weights)
    return GradientReach(
      beforePicture: flow.end(before: graph.inputs[0]).map(GradientReach.End.init),
      beforeTensors: Dictionary(
        tensors.compactMap { tensor in
          flow.end(before: tensor.value).map { (tensor.name, GradientReach.End($0)) }
        }
      ) { first, _ in first })
  }
}
