import Diagnostics
import Foundation
import NeuralNetwork

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
  let defaultLayerReason: String?
  let guidedRule: GuidedRuleCoverage
  /// The layer of CAM, where the network has the head for it.
  let classActivationLayer: String?
  /// The part of the picture that its maps lie over.
  let classActivationView: FieldOfView

  init(_ network: Network) {
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
    guidedRule = network.guidedRuleCoverage
    classActivationLayer = network.classActivationHead?.layer.name
    classActivationView = network.classActivationHead?.layer.view ?? .whole
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
