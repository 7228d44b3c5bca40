import Diagnostics
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Vocabulary

/// What is asked of one picture in one backward run.
///
/// Gradients that flow back together are computed by other kernels than one alone, with other rounding. So the store
/// keeps what was computed together under one key, and a store's answer has the same bits as a fresh one.
struct ExplanationCall: Hashable, Sendable {
  /// Classes, or other targets.
  let targets: [Target]
  /// What is computed for each.
  let cells: [Cell]

  init(_ targets: [Target], layers: [Layer], methods: [Saliency.Method]) {
    self.targets = targets
    cells = Cell.computed(methods, at: layers)
  }

  fileprivate var parameters: [String] {
    targets.flatMap(\.parameters) + cells.flatMap { [$0.method.key, $0.layer?.tensor ?? ""] }
  }
}

extension Target {
  /// All that tells it from other targets of the same network.
  var parameters: [String] {
    switch self {
    case .class, .element: [description]
    case .weightedSum(_, let weights, _): [description, StoreKey(contents: weights.npyData).hex]
    }
  }
}

/// What a store knows of one picture under one network: its scores, and the maps and gradients of its targets.
///
/// Colours and sizes do not matter here: pictures are painted from these arrays without the network.
struct RunStore: Sendable {
  let store: Store
  /// Stands for the network, its input and the picture.
  let run: StoreKey
  /// What is known of the network: what is stored must fit it.
  let facts: NetworkFacts

  var scoresKey: StoreKey { StoreKey("scores", [run.hex]) }

  func key(_ call: ExplanationCall) -> StoreKey { StoreKey("answers", [run.hex] + call.parameters) }

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

  var inputKey: StoreKey { StoreKey("input", [run.hex]) }

  /// What is to be said of the picture as the network is given it, if it is known.
  var inputFindings: [Finding]? {
    store.read(.arrays, inputKey).flatMap { try? JSONDecoder().decode([Finding].self, from: Data($0)) }
  }

  func write(inputFindings: [Finding]) throws {
    try store.write(.arrays, inputKey, Array(JSONEncoder().encode(inputFindings)))
  }

  /// The answers to a call, if they are known: a target's value, and what was found for it.
  func answers(_ call: ExplanationCall) -> [TargetExplanation]? {
    guard let bytes = store.read(.arrays, key(call)), let tensors = [Tensor](stored: bytes),
      tensors.count == call.targets.count * (call.cells.count + 1)
    else { return nil }
    var rest = tensors[...]
    var answers: [TargetExplanation] = []
    for target in call.targets {
      guard let value = rest.popFirst(), value.shape == [1], value.isFinite else { return nil }
      var computed: [Cell: Attribution] = [:]
      for cell in call.cells {
        guard let tensor = rest.popFirst(), let found = attribution(tensor, of: cell) else { return nil }
        computed[cell] = found
      }
      answers.append(
        TargetExplanation(
          target: target, value: value.values[0],
          attributions: Attributions(computed, inputShape: facts.inputShape)))
    }
    return answers
  }

  /// What was measured of the maps of a call, for each target the evidence of each method at each layer; `nil` where it is not known.
  func evidence(_ call: ExplanationCall, _ measured: [EvidenceSession.Subject]) -> [[MapEvidence?]]? {
    guard let bytes = store.read(.arrays, evidenceKey(call, measured)),
      let found = try? JSONDecoder().decode([[MapEvidence?]].self, from: Data(bytes)),
      found.count == call.targets.count, found.allSatisfy({ $0.count == measured.count })
    else { return nil }
    return found
  }

  func write(_ evidence: [[MapEvidence?]], of call: ExplanationCall, _ measured: [EvidenceSession.Subject]) throws {
    try store.write(.arrays, evidenceKey(call, measured), Array(JSONEncoder().encode(evidence)))
  }

  /// What evidence is kept under.
  func evidenceKey(_ call: ExplanationCall, _ measured: [EvidenceSession.Subject]) -> StoreKey {
    StoreKey(
      "evidence",
      [run.hex] + call.parameters + ["of"] + measured.map { "\($0.cell.method.key) \($0.cell.layer?.tensor ?? "")" })
  }

  /// A stored tensor as what the cell's method yields; `nil` where it cannot be.
  private func attribution(_ tensor: Tensor, of cell: Cell) -> Attribution? {
    guard tensor.isFinite else { return nil }
    switch cell.method.name.picture {
    case .gradient: return tensor.shape == facts.inputShape ? .tensor(tensor) : nil
    case .heatMap, .signedMap:
      let isSound = cell.layer.map { tensor.shape == Array($0.arrangement.mapShape(of: $0.shape).dropFirst()) }
      return isSound == false ? nil : Heatmap(tensor).map(Attribution.map)
    case .boxes: return nil
    }
  }

  func write(_ answers: [TargetExplanation], for call: ExplanationCall) throws(Diagnostic) {
    let tensors = answers.flatMap { answer in
      [Tensor(shape: [1], [answer.value])] + call.cells.compactMap { answer.attributions.computed[$0]?.stored }
    }
    try store.write(.arrays, key(call), tensors.stored)
  }
}

extension Attribution {
  /// As a store keeps it; `nil` for boxes, which are found again.
  fileprivate var stored: Tensor? {
    switch self {
    case .tensor(let tensor): tensor
    case .map(let map): Tensor(shape: [map.height, map.width], map.values)
    case .box: nil
    }
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
}
