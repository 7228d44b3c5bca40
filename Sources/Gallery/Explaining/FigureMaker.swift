import Diagnostics
import Imaging
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// Computes and paints the parts of figures that are about one picture under one network: what the store does not know, by one forward run.
struct FigureMaker {
  private let model: LoadedModel
  private let image: Image
  private let prepared: PreparedInput
  private let view: Image
  private let results: RunStore
  private let layers: [Layer]
  private let isRehearsal: Bool
  private let network: () throws -> Network
  private let openLost: WeightRandomization.Opening
  private let verify: () throws -> Void
  private var explainer: Explainer?

  /// How often the network ran forward: 0 or 1.
  var runs: Int { explainer == nil ? 0 : 1 }

  /// - Parameters:
  ///   - figures: all that will be asked for.
  ///   - isRehearsal: whether nothing shall be written to the store.
  ///   - network: opens the network, when it is needed.
  ///   - openLost: opens it with other weights, likewise.
  ///   - verify: throws where the network's files are not what they were; is called before what it gave is stored.
  /// - Throws: `Diagnostic` where the picture cannot be shown, see `InputSpecification.check`.
  init(
    _ model: LoadedModel, image: Image, figures: [PlannedFigure], results: RunStore,
    isRehearsal: Bool = false, network: @escaping () throws -> Network,
    openLost: @escaping WeightRandomization.Opening, verify: @escaping () throws -> Void
  ) throws {
    self.model = model
    self.image = image
    self.results = results
    self.isRehearsal = isRehearsal
    self.network = network
    self.openLost = openLost
    self.verify = verify
    prepared = try model.input.prepare(image)
    view = prepared.view(of: image)
    layers = figures.flatMap { $0.layers.map(\.layer) }
  }

  /// What there is to say of a figure: of the picture, and of what is explained.
  mutating func findings(
    _ plan: PlannedFigure
  ) throws -> (picture: [Finding], rows: [(subject: FigureRecord.Subject, finding: Finding)]) {
    let judged = try RowFindings(plan, subjects(plan), scores: plan.hasClasses ? scores() : nil, model.facts.scores)
    return (
      try inputFindings(),
      judged.subjects.indices.flatMap { number in
        plan.layersOrNone.flatMap { judged.findings(of: number, at: $0) }.withoutRepetitions
          .map { (judged.subjects[number].subject, $0) }
      }
    )
  }

  /// What is doubtful about the input, by what the network saw in training.
  private func inputFindings() throws -> [Finding] {
    guard model.facts.hasFirstStatistics else { return [] }
    if let known = results.inputFindings { return known }
    let statistics = try network().firstStatistics(of: prepared.tensor)
    let found = [statistics.flatMap { InputDoubt.of($0, prepared.tensor, model.input) }]
      .compactMap { $0.map(Finding.doubtfulInput) }
    try verify()
    if !isRehearsal { try results.write(inputFindings: found) }
    return found
  }

  /// Makes a figure, whose pictures and numbers are in the store then.
  mutating func record(_ plan: PlannedFigure) throws -> FigureRecord {
    let request = plan.request
    let subjects = try subjects(plan)
    let painter = PanelPainter(
      view: view, prepared: prepared, channels: model.input.channels, colormap: request.colormap,
      opacity: Float(request.opacity), blend: request.blend)
    let limits = try plan.limits ?? (request.scale == .shared ? strengths(subjects.map(\.attributions), plan) : [:])
    let measurable = plan.evidenceSubjects(model)
    let measured = request.measuresEvidence ? try evidence(plan, subjects, measurable) : []
    let judged = try RowFindings(plan, subjects, scores: plan.hasClasses ? scores() : nil, model.facts.scores)
    var rows: [FigureRecord.Row] = []
    for (number, (subject, attributions)) in subjects.enumerated() {
      let set = PanelSet(
        painter: painter, threshold: Float(request.threshold),
        referenceBoxes: plan.boxes.filter { $0.classIndex == nil || $0.classIndex == subject.classIndex }.map(\.box),
        classActivationView: model.facts.classActivationView, limits: limits)
      // The rows of several layers share what looks at none.
      var known: [Cell: FigureRecord.Panel] = [:]
      for (position, layer) in plan.layersOrNone.enumerated() {
        let panels = try plan.methods.enumerated().compactMap { index, method -> FigureRecord.Panel? in
          let cell = Cell(method, at: layer)
          if let panel = known[cell] { return panel }
          known[cell] = try set.panel(method, attributions, at: layer).map { panel in
            var stored = try store(
              panel, index, strength: strength(attributions, method, at: layer), arrays: request.arrays)
            guard request.measuresEvidence, let place = measurable.firstIndex(where: { $0.cell == cell }),
              let evidence = measured[number][place]
            else { return stored }
            stored.evidence = evidence
            return stored
          }
          return known[cell]
        }
        rows.append(
          FigureRecord.Row(
            subject: subject, layer: layer == nil ? nil : position, panels: panels,
            findings: judged.findings(of: number, at: layer)))
      }
    }
    return FigureRecord(photo: try store(view, as: .jpeg, inSizes: true), rows: rows, findings: try inputFindings())
  }

  /// The value that the strongest colour would stand for on the map's own scale; `nil` for what is no map.
  private func strength(_ attributions: Attributions, _ method: Saliency.Method, at layer: Layer?) throws -> Float? {
    guard method.name.picture.isMap, attributions.finding(method, at: layer) == nil else { return nil }
    return try attributions.attribution(method, at: layer).heatmap?
      .strength(isSigned: method.name.picture == .signedMap)
  }

  /// The highest strength of the maps of each method.
  private func strengths(
    _ all: [Attributions], _ plan: PlannedFigure
  ) throws -> [Saliency.Method: Float] {
    let found = try plan.methods.flatMap { method in
      try all.flatMap { attributions in
        try plan.layersOrNone.compactMap { try strength(attributions, method, at: $0) }.map { (method, $0) }
      }
    }
    return Dictionary(found, uniquingKeysWith: max)
  }

  // MARK: - Numbers

  /// What the figure is about, in the order of its rows: classes, then other targets.
  private mutating func subjects(
    _ plan: PlannedFigure
  ) throws -> [(subject: FigureRecord.Subject, attributions: Attributions)] {
    var subjects: [(FigureRecord.Subject, Attributions)] = []
    let best = plan.classes.top > 0 ? try scores().topClasses(plan.classes.top) : []
    let classes = plan.classes.indices(best: best)
    if !classes.isEmpty {
      let scores = try scores()
      subjects += zip(classes, try answers(classes.map(Target.class), plan)).map { index, answer in
        let verdict = FigureRecord.Verdict(
          index: index, logit: scores.logits[index], probability: scores.probabilities[index],
          rank: scores.rank(of: index))
        return (.class(verdict), answer.attributions)
      }
    }
    if !plan.targets.isEmpty {
      subjects += try answers(plan.targets.map(\.target), plan).enumerated().map { position, answer in
        (.target(position, value: answer.value), answer.attributions)
      }
    }
    return subjects
  }

  private mutating func answers(_ targets: [Target], _ plan: PlannedFigure) throws -> [TargetExplanation] {
    let call = ExplanationCall(targets, layers: plan.layers.map(\.layer), methods: plan.methods)
    if let known = results.answers(call) { return known }
    let found = try run().explain(call.targets, call.cells)
    try verify()
    // What is not finite is a finding, which is told with its cause when it is computed.
    if !isRehearsal, found.allSatisfy(\.attributions.isFinite) { try results.write(found, for: call) }
    return found
  }

  /// What is measured of the maps, for each class or target the evidence of each method at each layer.
  private mutating func evidence(
    _ plan: PlannedFigure, _ subjects: [(subject: FigureRecord.Subject, attributions: Attributions)],
    _ measurable: [EvidenceSession.Subject]
  ) throws -> [[MapEvidence?]] {
    let targets = subjects.map { plan.target(of: $0.subject) }
    let call = ExplanationCall(targets, layers: plan.layers.map(\.layer), methods: plan.methods)
    if let known = results.evidence(call, measurable) { return known }
    let leastLikely = try run().scores.leastLikelyClass
    let session = EvidenceSession(try network(), input: prepared.tensor, subjects: measurable)
    let found = try session.evidence(
      of: call.targets, subjects.map(\.attributions), leastLikely: leastLikely, open: openLost)
    try verify()
    try results.write(found, of: call, measurable)
    return found
  }

  private mutating func scores() throws -> Scores {
    if let known = explainer?.scores ?? results.scores { return known }
    let scores = try run().scores
    try verify()
    if !isRehearsal { try results.write(scores) }
    return scores
  }

  private mutating func run() throws -> Explainer {
    if let explainer { return explainer }
    let explainer = try Explainer(network(), input: prepared.tensor, layers: layers)
    self.explainer = explainer
    return explainer
  }

  // MARK: - Pictures

  private func store(
    _ panel: Panel, _ method: Int, strength: Float?, arrays: KeptArrays
  ) throws -> FigureRecord.Panel {
    let keepsArray = arrays == .all || arrays == .maps && panel.method.name.picture.isMap
    let most = FigureRecord.Panel.mostCells
    return FigureRecord.Panel(
      // Under an overlay the photo is seen, and a gradient is looked at pixel by pixel.
      method: method,
      picture: try store(panel.picture, as: panel.format, inSizes: panel.overlay == nil && panel.format == .jpeg),
      overlay: try panel.overlay.map { overlay in
        FigureRecord.Picture(
          key: try results.store.write(picture: overlay.pngData()), format: .png, width: overlay.width,
          height: overlay.height,
          sizes: try panel.smallOverlay.map { small in
            let key = try results.store.write(picture: small.pngData())
            return [FigureRecord.Picture.Size(key: key, width: small.width, height: small.height)]
          } ?? [])
      }, array: try keepsArray ? panel.array.map { try results.store.write(picture: $0.npyData) } : nil,
      map: panel.map.flatMap { max($0.width, $0.height) <= most ? $0 : nil }, strength: strength,
      range: panel.range, boxes: panel.boxes, box: panel.box, finding: panel.finding)
  }

  private func store(
    _ picture: Image, as format: PictureFormat, inSizes: Bool
  ) throws -> FigureRecord.Picture {
    FigureRecord.Picture(
      key: try results.store.write(picture: format.encode(picture)), format: format, width: picture.width,
      height: picture.height,
      sizes: try (inSizes ? picture.smallerCopies : []).map { copy in
        FigureRecord.Picture.Size(
          key: try results.store.write(picture: format.encode(copy)), width: copy.width, height: copy.height)
      })
  }
}

extension Array where Element: Hashable {
  /// Each once, in the order in which they are first met.
  var withoutRepetitions: [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}
