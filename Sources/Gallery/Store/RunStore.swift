import Diagnostics
import Imaging
import Network
import Saliency

/// What is asked of one picture in one backward run.
///
/// Gradients that flow back together are computed by other kernels than one alone, with other rounding. So the store
/// keeps what was computed together under one key, and a store's answer has the same bits as a fresh one.
struct ExplanationCall: Hashable, Sendable {
  /// The classes, counted from 0.
  let classes: [Int]
  let layers: [Layer]
  let needsGradient: Bool
  let needsGuidedGradient: Bool
  let needsClassActivationMap: Bool

  init(_ classes: [Int], layers: [Layer], methods: [Method]) {
    self.classes = classes
    self.layers = methods.contains(where: \.needsLayer) ? layers : []
    needsGradient = methods.contains(.gradient)
    needsGuidedGradient = methods.contains(.guidedBackpropagation) || methods.contains(.guidedGradCAM)
    needsClassActivationMap = methods.contains(.classActivationMap)
  }

  /// The fewest methods that need the same.
  var methods: Set<Method> {
    var methods: Set<Method> = []
    if needsGradient { methods.insert(.gradient) }
    if needsGuidedGradient { methods.insert(.guidedBackpropagation) }
    if needsClassActivationMap { methods.insert(.classActivationMap) }
    if !layers.isEmpty { methods.insert(.gradCAM) }
    return methods
  }

  fileprivate var parameters: [String] {
    [
      classes.description, needsGradient.description, needsGuidedGradient.description,
      needsClassActivationMap.description,
    ] + layers.map(\.tensor)
  }
}

/// What a store knows of one picture under one network: its scores, and the maps and gradients of its classes.
///
/// Colours and sizes do not matter here: pictures are painted from these arrays without the network.
struct RunStore: Sendable {
  let store: Store
  /// Stands for the network, its input and the picture.
  let run: StoreKey
  /// What is known of the network: what is stored must fit it.
  let facts: NetworkFacts

  var scoresKey: StoreKey { StoreKey("scores", [run.hex]) }

  func key(_ call: ExplanationCall) -> StoreKey { StoreKey("explanations", [run.hex] + call.parameters) }

  /// The picture's scores, if they are known.
  var scores: Scores? {
    guard let bytes = store.read(.arrays, scoresKey), let tensors = [Tensor](stored: bytes), tensors.count == 2,
      tensors.allSatisfy({ $0.shape == [facts.classCount] && $0.isFinite })
    else { return nil }
    return Scores(logits: tensors[0].values, probabilities: tensors[1].values)
  }

  func write(_ scores: Scores) throws(Diagnostic) {
    let tensors = [scores.logits, scores.probabilities].map { Tensor(shape: [$0.count], $0) }
    try store.write(.arrays, scoresKey, tensors.stored)
  }

  /// The answers to a call, if they are known.
  func explanations(_ call: ExplanationCall, scores: Scores) -> [Explanation]? {
    let shapes = call.classes.flatMap { _ in self.shapes(call) }
    guard let bytes = store.read(.arrays, key(call)), let tensors = [Tensor](stored: bytes),
      call.classes.allSatisfy(scores.logits.indices.contains), tensors.count == shapes.count,
      zip(tensors, shapes).allSatisfy({ $0.isFinite && ($1 == nil || $0.shape == $1) })
    else { return nil }
    var rest = tensors[...]
    let explanations = call.classes.map { classIndex in
      Explanation(
        classIndex: classIndex, scores: scores, gradient: call.needsGradient ? rest.popFirst() : nil,
        guidedGradient: call.needsGuidedGradient ? rest.popFirst() : nil,
        maps: call.layers.compactMap { layer in
          rest.popFirst().flatMap(Heatmap.init).map { LayerMap(layer: layer, signed: $0) }
        },
        classActivationMap: call.needsClassActivationMap ? rest.popFirst().flatMap(Heatmap.init) : nil)
    }
    let areMapsWhole = explanations.allSatisfy { explanation in
      explanation.maps.count == call.layers.count
        && (explanation.classActivationMap != nil) == call.needsClassActivationMap
    }
    return areMapsWhole ? explanations : nil
  }

  /// The shapes of the tensors of one class, in their order; `nil` where only the network itself knows.
  private func shapes(_ call: ExplanationCall) -> [[Int]?] {
    let gradients = [call.needsGradient, call.needsGuidedGradient].filter { $0 }.map { _ in facts.inputShape }
    let maps = call.layers.map { Array($0.arrangement.mapShape(of: $0.shape).dropFirst()) }
    return gradients + maps + (call.needsClassActivationMap ? [nil] : [])
  }

  func write(_ explanations: [Explanation], for call: ExplanationCall) throws(Diagnostic) {
    let tensors = explanations.flatMap { explanation in
      [explanation.gradient, explanation.guidedGradient].compactMap { $0 }
        + (explanation.maps.map(\.signed) + [explanation.classActivationMap].compactMap { $0 }).map(Tensor.init)
    }
    try store.write(.arrays, key(call), tensors.stored)
  }
}

extension Heatmap {
  fileprivate init?(_ tensor: Tensor) {
    guard tensor.shape.count == 2 else { return nil }
    try? self.init(width: tensor.shape[1], height: tensor.shape[0], values: tensor.values)
  }
}

extension Tensor {
  fileprivate var isFinite: Bool { values.allSatisfy { $0.isFinite } }

  fileprivate init(_ map: Heatmap) { self.init(shape: [map.height, map.width], map.values) }
}
