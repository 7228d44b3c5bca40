import Diagnostics

/// A tensor of a run that holds infinity or something that is not a number.
public struct NonFiniteTensor: Equatable, Sendable, CustomStringConvertible {
  /// The tensor's name.
  public let tensor: String
  /// The name of the node that computes it.
  public let node: String
  /// The ONNX operator that computes it.
  public let operatorType: String
  /// Whether it holds something that is not a number, rather than infinity alone.
  public let isNaN: Bool

  /// The tensor, what computes it and what it holds, as a clause.
  public var description: String {
    "“\(tensor)”, computed by “\(node)” (\(operatorType)), \(isNaN ? "holds what is not a number" : "holds infinity")"
  }
}

extension Network {
  /// Looks for where a run went wrong: the first tensor that holds infinity or what is not a number, and the first that holds
  /// the latter, in the order in which they are computed.
  ///
  /// It runs the network again, with every tensor kept and none fused away.
  public func nonFiniteTensors(of input: Tensor, inputs: [String: Tensor] = [:]) throws -> [NonFiniteTensor] {
    let plan = planner.plan(keeping: Set(graph.values.indices))
    let trace = try ActivationTrace(plan, inputs: feed(input, inputs), on: engine)
    var found: [NonFiniteTensor] = []
    for node in graph.nodes {
      for value in node.outputs {
        guard let magnitude = trace.activations[value]?.greatestMagnitude, !magnitude.isFinite else { continue }
        let tensor = NonFiniteTensor(
          tensor: graph.values[value].name, node: node.name, operatorType: node.operatorType, isNaN: magnitude.isNaN)
        if magnitude.isNaN { return found + [tensor] }
        if found.isEmpty { found = [tensor] }
      }
    }
    return found
  }
}
