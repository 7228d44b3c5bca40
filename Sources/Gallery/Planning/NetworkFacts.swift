import Diagnostics
import Foundation
import NeuralNetwork
import Saliency

/// What planning and pages need to know of a network, so that the network itself is loaded only to run.
struct NetworkFacts: Codable, Sendable {
  /// Shape of the input, [1, C, H, W].
  let inputShape: [Int]
  /// What the file takes its input as.
  let inputElementType: InputElementType
  let classCount: Int
  /// The name of the output that is explained.
  let outputName: String
  /// Why it is this one; `nil` where it was named, or is the only one.
  let outputReason: String?
  /// Other outputs that might have been taken for scores as well.
  let outputAlternatives: [String]
  /// How scores become probabilities.
  let scores: ScoreFunction
  let parameterCount: Int
  /// Floating-point operations of one forward run.
  let operations: Int
  /// The tensors that can be explained, in the order in which they are computed.
  let layers: [Layer]
  /// The position in `layers` of each name that means one: of a node, of a tensor.
  private let positions: [String: Int]
  let defaultLayer: Layer?
  /// Why it is this layer.
  let defaultLayerReason: LayerReason?
  /// The outputs of which something is explained that is no class, by name.
  let outputs: [String: Output]
  let guidedRule: GuidedRuleCoverage
  /// The layer of CAM, where the network has the head for it.
  let classActivationLayer: String?
  /// The part of the picture that its maps lie over.
  let classActivationView: FieldOfView
  /// Where the gradients of classes end before they reach layers or the picture; `nil` for a network without classes.
  let classGradients: GradientReach?
  /// Why methods of attention cannot be computed; `nil` where they can.
  let attentionFault: Fault?
  /// Whether the network tells what pictures were like in training.
  let hasFirstStatistics: Bool

  /// What is wrong, as it is told.
  struct Fault: Codable, Hashable, Sendable {
    let summary: String
    let hint: String?
  }

  /// An output, or a tensor inside the network.
  struct Output: Codable, Sendable {
    let shape: [Int]
    /// The layer that the network's structure suggests for it, and why.
    let defaultLayer: Layer?
    let defaultLayerReason: LayerReason?
    /// Where its gradients end.
    let gradients: GradientReach?
  }

  /// - Parameter outputs: those of which something is explained that is no class, as the network was asked for them.
  init(_ network: Network, outputs names: [String] = []) {
    inputShape = network.inputShape
    inputElementType = network.inputElementType
    classCount = network.classCount
    outputName = network.outputName
    outputReason = network.outputReason
    outputAlternatives = network.outputAlternatives
    scores = network.scores
    parameterCount = network.parameterCount
    operations = network.floatingPointOperations
    layers = network.layers
    let positions = Dictionary(network.layers.enumerated().map { ($1, $0) }) { first, _ in first }
    self.positions = network.layersByName.compactMapValues { positions[$0] }
    let found = network.defaultLayer
    defaultLayer = found?.layer
    defaultLayerReason = found?.reason
    outputs = Dictionary(
      names.compactMap { name in (try? network.tensor(named: name)).map { (name, Output($0, of: network)) } }
    ) { first, _ in first }
    guidedRule = network.guidedRuleCoverage
    classActivationLayer = network.classActivationHead?.layer.name
    classActivationView = network.classActivationHead?.layer.view ?? .whole
    classGradients = network.classCount > 0 ? try? network.gradientReach(of: .class(0)) : nil
    attentionFault = network.attentionFault.map { Fault(summary: $0.summary, hint: $0.hint) }
    hasFirstStatistics = network.hasFirstStatistics
  }

  /// The last layer that sees the picture mirrored, if there is one.
  var mirroredLayer: Layer? {
    layers.last { $0.isMap && ($0.view.vertical.isMirrored || $0.view.horizontal.isMirrored) && $0.view.doubt == nil }
  }

  /// Whether every name leads to a layer.
  var namesAreSound: Bool { positions.values.allSatisfy(layers.indices.contains) }

  /// The layer that a node or tensor of this name computes, if there is one.
  func layer(named name: String) -> Layer? { positions[name].map { layers[$0] } }
}

extension NetworkFacts.Output {
  fileprivate init(_ tensor: TensorReference, of network: Network) {
    shape = tensor.shape
    let place = (shape.first == 1 && shape.count > 1 ? Array(shape.dropFirst()) : shape).map { _ in 0 }
    let target = Target.element(of: tensor.name, at: place)
    let found = (try? network.defaultLayer(for: target)) ?? nil
    gradients = try? network.gradientReach(of: target)
    defaultLayer = found?.layer
    defaultLayerReason = found?.reason
  }
}
