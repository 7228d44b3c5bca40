import Diagnostics
import Files
import Foundation
import NeuralNetwork
import Saliency
import Site

/// Asks two networks the same, and takes from the store what it has.
struct DriftRun {
  /// What both said, and what there is to say about it.
  struct Outcome {
    var first = DriftSides()
    var second = DriftSides()
    var notes: [String] = []
  }

  private let networks: NetworkStore
  private let step: ExplainStep

  init(_ networks: NetworkStore, jobs: Int, progress: @escaping @Sendable (String) -> Void) {
    self.networks = networks
    step = ExplainStep(networks: networks, jobs: jobs) { progress("\($0)") }
  }

  /// - Throws: `DiagnosticList` with everything that is wrong with either network, the pictures, or what is asked.
  func ask(_ first: DriftNetwork, _ second: DriftNetwork, _ questions: DriftQuestions) throws -> Outcome {
    var faults = DiagnosticList()
    var asked: [Question] = []
    for request in questions.requests {
      let uses = try [first, second].map { network in try faults.collect { try network.used(for: request) } }
      guard let one = uses[0], let other = uses[1] else { break }
      var request = request
      if request.layers.isEmpty { request.layers = first.layers }
      let isOfCard = request.layers.map(\.value) == first.layers.map(\.value)
      guard let plan = try faults.collect({ try first.plan(request, one) }) else { continue }
      asked.append(Question(request: request, first: one, second: other, plan: plan, isOfCard: isOfCard))
    }
    try faults.throwIfErrors()
    var outcome = Outcome()
    if let question = asked.first {
      let (one, other) = (question.first, question.second)
      if one.identity.key == other.identity.key {
        outcome.notes.append("A and B are the same network, to the byte.")
      } else if one.identity.files.map(\.hash) == other.identity.files.map(\.hash) {
        outcome.notes.append("A and B are the same network, to the byte, but are run otherwise: look at both cards.")
      }
      for (name, used) in [("A", one), ("B", other)] { outcome.notes += used.model.notes.map { "\(name): \($0)" } }
    }
    let records = try run(asked.map { ($0.first, $0.plan) })
    var others: [(UsedModel, PlannedFigure, Question, [Int: Int])] = []
    for question in asked {
      guard let record = records[question.request.id] else { continue }
      add(question.plan, question.first, record, to: &outcome.first)
      let classes = record.rows.compactMap(\.verdict?.index).withoutRepetitions
      let mapped = classes.compactMap { index in
        question.second.model.labels.index(of: index, in: question.first.model.labels).map { ($0, index) }
      }
      guard let request = try faults.collect({ try question.second(mapped.map(\.0), second, &outcome.notes) }) ?? nil,
        let plan = try faults.collect({ try second.plan(request, question.second) })
      else { continue }
      others.append((question.second, plan, question, Dictionary(mapped) { first, _ in first }))
    }
    try faults.throwIfErrors()
    guard !others.isEmpty else {
      let names = outcome.first.cells.map { "“\($0.place.subject)”" }.withoutRepetitions
      throw Diagnostic.error(
        "“\(second.name)” has none of the classes that are compared: \(names.joined(separator: ", ")).",
        hint: "Name a class of both with --class.")
    }
    let answers = try run(others.map { ($0.0, $0.1) })
    for (used, plan, question, classes) in others {
      guard let record = answers[question.request.id] else { continue }
      add(plan, used, record, to: &outcome.second) { question.first.model.labels.entries[classes[$0] ?? $0].names[0] }
    }
    outcome.notes = outcome.notes.withoutRepetitions
    return outcome
  }

  /// Runs the networks where the store does not know the answers.
  private func run(_ asked: [(UsedModel, PlannedFigure)]) throws -> [ExplainRequest.ID: FigureRecord] {
    var groups: [GalleryPlan.Group] = []
    var positions: [[String]: Int] = [:]
    for (used, plan) in asked {
      let key = [used.identity.key.hex, plan.request.image.value.url.path]
      if let position = positions[key] {
        groups[position].figures.append(plan)
      } else {
        positions[key] = groups.count
        groups.append(
          GalleryPlan.Group(
            model: used.model, identity: used.identity, image: plan.request.image, figures: [plan]))
      }
    }
    let made = try step.run(groups)
    try made.faults.throwIfErrors()
    return made.records
  }

  /// Adds the cells of one record, each once.
  ///
  /// - Parameter label: what a class is called here; `nil` for its own first name.
  private func add(
    _ plan: PlannedFigure, _ used: UsedModel, _ record: FigureRecord, to sides: inout DriftSides,
    label: ((Int) -> String)? = nil
  ) {
    var known = Set(sides.cells.map(\.place))
    for row in record.rows {
      let layer = row.layer.map { plan.layers[$0].layer }
      for (position, method) in plan.methods.enumerated() where method.needsLayer || row.layer ?? 0 == 0 {
        let panel = row.panels.first { $0.method == position }
        let place = DriftSide.Place(
          network: "", image: plan.request.image.value.path,
          inputs: plan.inputs.map { "\($0.name): \($0.text)" }.joined(separator: ", "),
          subject: row.verdict.flatMap { verdict in label?(verdict.index) }
            ?? plan.label(of: row.subject, used.model.labels),
          classIndex: row.verdict?.index, method: method.id, layer: method.needsLayer ? layer?.name : nil,
          variant: method.key)
        guard known.insert(place).inserted else { continue }
        sides.cells.append(
          side(
            at: place, row, panel, photo: record.photo, isSigned: method.name.picture == .signedMap,
            view: method.view(at: layer, classActivation: used.model.facts.classActivationView)))
      }
    }
  }

  private func side(
    at place: DriftSide.Place, _ row: FigureRecord.Row, _ panel: FigureRecord.Panel?, photo: FigureRecord.Picture,
    isSigned: Bool, view: FieldOfView
  ) -> DriftSide {
    let value =
      switch row.subject {
      case .class(let verdict): verdict.logit
      case .target(_, let value): value
      }
    let finding = panel == nil ? row.findings.map(\.text).joined(separator: " ") : panel?.finding?.text
    let store = networks.store
    return DriftSide(
      place: place, value: value, probability: row.verdict?.probability, rank: row.verdict?.rank,
      finding: finding?.isEmpty == true ? nil : finding, picture: (panel?.picture).map(DriftPicture.stored),
      photo: .stored(photo), view: view
    ) {
      guard let panel else { return .none }
      guard let key = panel.array else { return .box(panel.box?.rect) }
      guard let bytes = store.read(.pictures, key), let result = DriftResult(try Tensor(npy: bytes), isSigned: isSigned)
      else {
        throw Diagnostic.error(
          "The store “\(store.shownAs)” does not keep what is written to it.", hint: "Name another with --store.")
      }
      return result
    }
  }
}

/// What both networks are asked about one picture.
private struct Question {
  let request: ExplainRequest
  let first, second: UsedModel
  let plan: PlannedFigure
  /// Whether the layers are those of the first network's card, and not of the block.
  let isOfCard: Bool

  /// The request as the second network can be asked it; `nil` where it has nothing of it.
  ///
  /// - Parameter classes: those of the second network.
  func second(_ classes: [Int], _ network: DriftNetwork, _ notes: inout [String]) throws -> ExplainRequest? {
    var request = request
    // What is true is among the classes already.
    request.truth = nil
    if request.subjects.classes != nil {
      let place = request.location
      request.subjects.classes =
        classes.isEmpty ? nil : .named(classes.map { Located("index:\($0)", at: place) })
      if classes.isEmpty, request.subjects.targets.isEmpty { return nil }
    }
    request.layers = layers(network, &notes)
    return request
  }

  /// The layers that the second network is looked at: those that were asked for, or else its own.
  private func layers(_ network: DriftNetwork, _ notes: inout [String]) -> [Located<String>] {
    let isAsked = request.layers.contains { $0.location == DriftQuestions.place("--layer") }
    if isAsked { return request.layers }
    if isOfCard, !network.layers.isEmpty { return network.layers }
    let missing = request.layers.filter { second.model.facts.layer(named: $0.value) == nil }
    guard !missing.isEmpty else { return request.layers }
    let names = missing.map { "“\($0.value)”" }.joined(separator: ", ")
    notes.append("B has no layer \(names): the maps of B are those of its own layer.")
    return network.layers
  }
}

extension FoundBox {
  fileprivate var rect: Rect { Rect(x: x, y: y, width: width, height: height) }
}
