import Diagnostics
import Imaging
import NeuralNetwork
import Saliency

/// What the maps of one picture are worth.
struct SampleMeasure {
  /// What was found for one cell.
  struct CellResult {
    var pointing: [Double] = []
    var energy: [Double] = []
    var localizationError: [Double] = []
    var localizationErrorTop1: [Double] = []
    var deletion: [Double] = []
    var insertion: [Double] = []
    var blank = 0
  }

  /// What was found for the picture.
  struct Result {
    /// The share of the picture that each thing takes up.
    var chance: [Double] = []
    /// 1 where the most likely class is there, else 0.
    var accuracy: [Double] = []
    var cells: [CellResult]
  }

  private let network: Network
  private let cells: [Cell]
  private let layers: [Layer]
  private let measuresCurves: Bool
  private let input: PreparedInput
  /// The things, by class.
  private let truth: [(classIndex: Int, regions: [ThingRegion])]

  /// - Parameter layers: the target layers of the cells.
  /// - Throws: `DiagnosticList` where picture or truth are at fault.
  init(
    _ sample: DataSet.Sample, _ model: LoadedModel, _ network: Network, _ cells: [Cell], _ layers: [Layer],
    measuresCurves: Bool
  ) throws {
    (self.network, self.cells, self.layers, self.measuresCurves) = (network, cells, layers, measuresCurves)
    let image: Image
    do {
      image = try Image(contentsOfFile: sample.image)
      try model.input.check(image)
    } catch let fault as Diagnostic {
      throw Diagnostic.error("“\(sample.image)”: \(fault.summary)", at: sample.location, hint: fault.hint)
    }
    input = try model.input.prepare(image)
    var faults = DiagnosticList()
    var truth: [(classIndex: Int, regions: [ThingRegion])] = []
    // The masks of several things are mostly one picture.
    var masks: [String: Image] = [:]
    for thing in sample.things {
      let found = try faults.collect(at: thing.location) {
        (
          try model.labels.index(of: thing.label, modelName: model.title),
          try ThingRegion(thing, in: image, masks: &masks)
        )
      }
      guard let (index, region) = found else { continue }
      if let position = truth.firstIndex(where: { $0.classIndex == index }) {
        truth[position].regions.append(region)
      } else {
        truth.append((index, [region]))
      }
    }
    try faults.throwIfErrors()
    self.truth = truth
  }

  /// Runs the network and measures its maps.
  func results() throws -> Result {
    let explainer = try Explainer(network, input: input.tensor, layers: layers)
    let best = explainer.scores.topClasses(1)[0]
    let classes = truth.map(\.classIndex) + (truth.contains { $0.classIndex == best } ? [] : [best])
    let explained = try explainer.explain(
      classes.map(Target.class), Cell.computed(cells.map(\.method).withoutRepetitions, at: layers))
    var result = Result(cells: cells.map { _ in CellResult() })
    result.accuracy = [truth.contains { $0.classIndex == best } ? 1 : 0]
    let masks = truth.map { _, regions in
      TruthMask(of: input) { x, y in regions.contains { $0.contains(x, y) } }
    }
    result.chance = masks.map(\.share)
    let meter = measuresCurves ? FaithfulnessMeter(network, input: input.tensor) : nil
    for (number, cell) in cells.enumerated() {
      let view = cell.method.view(at: cell.layer, classActivation: network.classActivationHead?.layer.view ?? .whole)
      for (position, (classIndex, regions)) in truth.enumerated() {
        let map = try explained[position].attributions.attribution(cell.method, at: cell.layer)
          .pixelMap(over: view, input: input.tensor.shape)
        if map == nil { result.cells[number].blank += 1 }
        result.cells[number].pointing.append(map.map { masks[position].isPointed(by: $0) ? 1 : 0 } ?? 0)
        result.cells[number].energy.append(map.map { masks[position].energy(of: $0) } ?? 0)
        let isFound = map.map { finds(regions, by: $0) } ?? false
        result.cells[number].localizationError.append(isFound ? 0 : 1)
        if classIndex == best { result.cells[number].localizationErrorTop1 = [isFound ? 0 : 1] }
        guard let meter, let map else { continue }
        let faithfulness = try meter.measure(map, of: .class(classIndex), subject: cell.method.name.title)
        result.cells[number].deletion.append(faithfulness.deletionAuc)
        result.cells[number].insertion.append(faithfulness.insertionAuc)
      }
      if result.cells[number].localizationErrorTop1.isEmpty { result.cells[number].localizationErrorTop1 = [1] }
    }
    return result
  }

  /// Whether the box of a map agrees with a true one by half or more.
  private func finds(_ regions: [ThingRegion], by map: Heatmap) -> Bool {
    guard let box = Localization.box(in: map.mapValues { max($0, 0) }) else { return false }
    let found = input.regionOfImage(box)
    return regions.contains { Localization.intersectionOverUnion(found, $0.box) >= 0.5 }
  }
}
