import Files
import NeuralNetwork

/// How a network is used for a part of a figure: what its inputs beside the picture are given, and of which outputs something
/// is explained that is no class.
struct NetworkUse: Hashable, Sendable {
  /// What the inputs are given, by name.
  var inputs: [String: FurtherInput] = [:]
  /// Outputs, or tensors inside the network; each once.
  var outputs: [String] = []

  /// Everything that the network's numbers depend on here.
  var parameters: [String] {
    inputs.sorted { $0.key < $1.key }.flatMap { name, input in
      switch input {
      case .tensor(let tensor): [name, StoreKey(contents: tensor.npyData).hex]
      case .shape(let shape): [name, "\(shape)"]
      }
    } + ["outputs"] + outputs
  }
}

extension Network {
  /// Opens a network as it is used.
  convenience init(
    contentsOfFile path: String, inputShape: [Int]? = nil, openSizes: [Int]? = nil, output: String?, use: NetworkUse,
    weights: ((_ name: String, _ weights: Tensor) throws -> Tensor)? = nil
  ) throws {
    try self.init(
      contentsOfFile: path, inputShape: inputShape, openSizes: openSizes, output: output, outputs: use.outputs,
      inputs: use.inputs, weights: weights)
  }
}
