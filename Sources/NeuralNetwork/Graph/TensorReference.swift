import Diagnostics

/// A tensor of a network that can be kept, read and differentiated: an input, an output, or anything in between.
///
/// A `Layer` is one that can be read as maps of the picture.
public struct TensorReference: Hashable, Sendable {
  /// The name of the tensor.
  public let name: String
  /// The name of the node that computes it; the tensor's own for an input.
  public let node: String
  /// The ONNX operator that computes it, such as `Relu`; empty for an input.
  public let operatorType: String
  /// Its shape, which its gradients have too, in the model's own order of axes.
  public let shape: [Int]

  let value: Int
}

extension Graph {
  /// The tensor of each value, in the order in which they are computed.
  var references: [TensorReference] {
    inputs.map { reference($0, computedBy: nil) }
      + nodes.flatMap { node in
        node.outputs.map { reference($0, computedBy: node) }
      }
  }

  /// The tensor that a node or tensor of this name means.
  ///
  /// - Throws: `Diagnostic` with the nearest name.
  func reference(named name: String) throws(Diagnostic) -> TensorReference {
    guard let value = names[name] else {
      throw .error(
        "the network has no tensor “\(name)”.",
        hint: Suggestion.nearest(to: name, in: names.keys.sorted()).map { "Did you mean “\($0)”?" }
          ?? outputs.last.map { "Try “\($0.name)”, an output." })
    }
    return reference(value, computedBy: nodes.first { $0.outputs.contains(value) })
  }

  /// The value that a tensor is in this graph.
  ///
  /// - Throws: `Diagnostic` where it belongs to another network.
  func value(of tensor: TensorReference) throws(Diagnostic) -> Int {
    guard values.indices.contains(tensor.value), values[tensor.value].name == tensor.name,
      values[tensor.value].shape == tensor.shape
    else {
      throw .error("“\(tensor.name)” is a tensor of another network.", hint: "Ask this network for it by its name.")
    }
    return tensor.value
  }

  func reference(_ value: Int, computedBy node: Node?) -> TensorReference {
    TensorReference(
      name: values[value].name, node: node?.name ?? values[value].name, operatorType: node?.operatorType ?? "",
      shape: values[value].shape, value: value)
  }
}
