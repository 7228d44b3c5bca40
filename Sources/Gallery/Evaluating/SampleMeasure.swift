import Diagnostics
import Foundation
import Imaging
import NeuralNetwork
import Saliency
import Vocabulary

/// One picture of a data set: what is in it, and what maps of it are worth.
struct SampleMeasure {
  /// What was found.
  struct Result: Codable, Sendable {
    /// The share of the picture that each thing takes up.
    var chance: [Double] = []
    /// 1 where the most likely class is there, else 0.
    var accuracy: [Double] = []
    /// For each cell what was measured of each thing, or of the picture.
    var cells: [[EvaluationMeasure: [Double]]]
  }

  private let cells: [Cell]
  private let layers: [Layer]
  private let input: PreparedInput
  /// The things by class, and where they are at the resolution of the input.
  private let truth: [(classIndex: Int, regions: [ThingRegion], mask: TruthMask)]

  /// What the network sees, [1, C, H, W].
  var tensor: Tensor { input.tensor }

  /// - Throws: `DiagnosticList` where picture or truth are at fault.
  init(_ sample: DataSet.Sample, _ model: LoadedModel, _ cells: [Cell]) throws {
    self.cells = cells
    layers = cells.compactMap(\.layer).withoutRepetitions
    let image: Image
    do {
      image = try Image(contentsOfFile: sample.image)
      try model.input.check(image)
    } catch let fault as Diagnostic {
      throw Diagnostic.error("“\(sample.image)”: \(fault.summary)", at: sample.location, hint: fault.hint)
    }
    let input = try model.input.prepare(image)
    self.input = input
    var faults = DiagnosticList()
    var found: [(classIndex: Int, regions: [ThingRegion])] = []
    // The masks of several things are mostly one picture.
    var masks: [String: Image] = [:]
    for thing in sample.things {
      let seen = try faults.collect(at: thing.location) {
        (
          try model.labels.index(of: thing.label, modelName: model.title),
          try ThingRegion(thing, in: image, masks: &masks)
        )
      }
      guard let (index, region) = seen else { continue }
      if let position = found.firstIndex(where: { $0.classIndex == index }) {
        found[position].regions.append(region)
      } else {
        found.append((index, [region]))
      }
    }
    try faults.throwIfErrors()
    truth = found.map { index, regions in
      (index, regions, TruthMask(of: input) { x, y in regions.contains { $0.contains(x, y) } })
    }
  }

  /// Stands for all that the result depends on but the network: it changes with what is measured, too.
  func key(_ network: NetworkIdentity, measuresEvidence: Bool) -> StoreKey {
    let things = truth.flatMap { thing in
      [String(thing.classIndex), StoreKey(contents: thing.mask.isInside.map { $0 ? 1 : 0 }).hex]
        + thing.regions.map { "\($0.box)" }
    }
    return StoreKey(
      "evaluation 1",
      [network.key.hex, StoreKey(contents: input.tensor.npyData).hex, "\(input.region)", "\(measuresEvidence)"] + things
        + ["by"] + cells.map { "\($0.method.key) \($0.layer?.tensor ?? "")" })
  }

  /// Runs the network and measures its maps.
  ///
  /// - Parameter open: opens the network with other weights, for evidence; `nil` where maps are only laid beside the truth.
  func result(_ network: Network, evidenceBy open: WeightRandomization.Opening?) throws -> Result {
    let explainer = try Explainer(network, input: input.tensor, layers: layers)
    let best = explainer.scores.topClasses(1)[0]
    let classes = truth.map(\.classIndex) + (truth.contains { $0.classIndex == best } ? [] : [best])
    let explained = try explainer.explain(
      classes.map(Target.class), Cell.computed(cells.map(\.method).withoutRepetitions, at: layers))
    var result = Result(cells: cells.map { _ in [:] })
    result.accuracy = [truth.contains { $0.classIndex == best } ? 1 : 0]
    result.chance = truth.map(\.mask.share)
    let head = network.classActivationHead?.layer.view ?? .whole
    let subjects = cells.map { cell in
      EvidenceSession.Subject(
        cell.method, at: cell.layer, over: cell.method.view(at: cell.layer, classActivation: head))
    }
    for (number, subject) in subjects.enumerated() {
      result.cells[number] = try measures(of: explained.map(\.attributions), subject, best: best)
      if cells[number].method.isComplete {
        result.cells[number][.completeness] = try gaps(
          explained, of: cells[number], on: network, from: explainer.scores)
      }
    }
    guard let open else { return result }
    let measured = try faithfulness(network, explained, subjects, explainer.scores, open)
    for (number, measures) in measured.enumerated() { result.cells[number].merge(measures) { _, new in new } }
    return result
  }

  /// What follows from the maps of one cell and the truth.
  private func measures(
    of found: [Attributions], _ subject: EvidenceSession.Subject, best: Int
  ) throws -> [EvaluationMeasure: [Double]] {
    var measures: [EvaluationMeasure: [Double]] = [:]
    // Another class than any there is an error.
    var topOne = 1.0
    for (thing, attributions) in zip(truth, found) {
      let map = try subject.map(of: attributions, input: input.tensor.shape)
      let isFound = map.map { finds(thing.regions, by: $0) } ?? false
      measures[.pointing, default: []].append(map.map { thing.mask.isPointed(by: $0) ? 1 : 0 } ?? 0)
      measures[.energy, default: []].append(map.map { thing.mask.energy(of: $0) } ?? 0)
      measures[.localizationError, default: []].append(isFound ? 0 : 1)
      measures[.blank, default: []].append(map == nil ? 1 : 0)
      if let map { measures[.concentration, default: []].append(map.shareWithHalf) }
      if thing.classIndex == best { topOne = isFound ? 0 : 1 }
    }
    measures[.topOneLocalizationError] = [topOne]
    return measures
  }

  /// Whether the box of a map agrees with a true one by half or more.
  private func finds(_ regions: [ThingRegion], by map: Heatmap) -> Bool {
    guard let box = Localization.box(in: map.mapValues { max($0, 0) }) else { return false }
    let found = input.regionOfImage(box)
    return regions.contains { Localization.intersectionOverUnion(found, $0.box) >= 0.5 }
  }

  /// How far the sum of each attribution is from y(x) − y(0), as a share of that.
  private func gaps(
    _ explained: [TargetExplanation], of cell: Cell, on network: Network, from scores: Scores
  ) throws -> [Double] {
    let empty = try Explainer(network, input: Tensor(shape: input.tensor.shape), layers: []).scores
    return try zip(truth, explained).compactMap { thing, explained in
      guard case .tensor(let tensor) = try explained.attributions.attribution(cell.method, at: cell.layer) else {
        return nil
      }
      let promised = Double(scores.logits[thing.classIndex]) - Double(empty.logits[thing.classIndex])
      let sum = tensor.values.reduce(0.0) { $0 + Double($1) }
      return promised == 0 ? nil : abs(sum - promised) / abs(promised)
    }
  }

  /// What the network says of changed pictures, and what changed networks say of the picture, for each cell.
  private func faithfulness(
    _ network: Network, _ explained: [TargetExplanation], _ subjects: [EvidenceSession.Subject], _ scores: Scores,
    _ open: @escaping WeightRandomization.Opening
  ) throws -> [[EvaluationMeasure: [Double]]] {
    let targets = truth.map { Target.class($0.classIndex) }
    let session = EvidenceSession(network, input: input.tensor, subjects: subjects)
    let measured = try session.evidence(
      of: targets, explained.prefix(targets.count).map(\.attributions), leastLikely: scores.leastLikelyClass,
      open: open)
    let meter = FaithfulnessMeter(network, input: input.tensor)
    let noise = try Heatmap.noise(input: input.tensor.shape)
    let base = try targets.map { try meter.measure(noise, of: $0, subject: "A map of noise") }
    return subjects.indices.map { number in
      var measures: [EvaluationMeasure: [Double]] = [:]
      for (found, base) in zip(measured.map({ $0[number] }), base) {
        guard let found else { continue }
        let values: [(EvaluationMeasure, Double?)] = [
          (.deletion, found.faithfulness.deletionAuc), (.insertion, found.faithfulness.insertionAuc),
          (.deletionGain, base.deletionAuc - found.faithfulness.deletionAuc),
          (.insertionGain, found.faithfulness.insertionAuc - base.insertionAuc),
          (.averageDrop, found.faithfulness.averageDrop), (.increase, found.faithfulness.increase.map { $0 ? 1 : 0 }),
          (.randomization, found.meanRandomization), (.classSensitivity, found.classSensitivity?.spearman),
        ]
        for case (let measure, let value?) in values { measures[measure, default: []].append(value) }
      }
      return measures
    }
  }
}
