import Diagnostics
import Foundation
import NeuralNetwork
import Saliency
import Site

/// The entries that a gallery uses.
struct StoreUsage {
  private(set) var keys: [Store.Kind: Set<StoreKey>] = [:]

  init(_ plan: GalleryPlan, _ networks: NetworkStore) {
    var records: [ExplainRequest.ID: FigureRecord] = [:]
    // The page of a model tells of it whether a figure uses it or not.
    for identity in plan.identities { use(.models, identity.entries) }
    for group in plan.groups {
      use(.models, group.identity.entries)
      guard let run = group.run(networks.hashes) else { continue }
      let results = RunStore(store: networks.store, run: run, facts: group.model.facts)
      use(.arrays, [results.scoresKey, results.inputKey])
      for figure in group.figures {
        records[figure.request.id] = use(figure, of: group, run, networks)
        let classes = figure.classes.indices(best: results.scores?.topClasses(figure.classes.top) ?? [])
        func call(_ targets: [Target]) -> ExplanationCall {
          ExplanationCall(targets, layers: figure.layers.map(\.layer), methods: figure.methods)
        }
        let subjects = [classes.map(Target.class), figure.targets.map(\.target)]
        use(.arrays, subjects.filter { !$0.isEmpty }.map { results.key(call($0)) })
        if figure.request.measuresEvidence {
          let measured = figure.evidenceSubjects(group.model)
          use(.arrays, [results.evidenceKey(call(subjects.flatMap { $0 }), measured)])
        }
      }
    }
    for group in SharedScales(plan.groups, records).groups {
      guard let run = group.run(networks.hashes) else { continue }
      for figure in group.figures {
        if let record = use(figure, of: group, run, networks) { records[figure.request.id] = record }
      }
    }
    use(stripsOf: plan.figuresByPage, records, networks.store)
    for pair in DifferenceStep.pairs(of: plan.figuresByPage.flatMap(\.self), records) {
      use(.figures, [pair.key])
      use(.pictures, FigureRecord.Panel.read(difference: pair.key, from: networks.store)?.files ?? [])
    }
  }

  /// The strips of pages, also while the site has no address: it may be given one for a single build.
  private mutating func use(
    stripsOf pages: [[WholeFigure]], _ records: [ExplainRequest.ID: FigureRecord], _ store: Store
  ) {
    for page in pages {
      guard let strip = PageStrip(page, { records[$0.plan.request.id] }) else { continue }
      use(.figures, [strip.key])
      use(.pictures, strip.stored(in: store)?.files ?? [])
    }
  }

  private mutating func use(
    _ figure: PlannedFigure, of group: GalleryPlan.Group, _ run: StoreKey, _ networks: NetworkStore
  ) -> FigureRecord? {
    use(.figures, [FigureRecord.key(figure, run: run)])
    let record = FigureRecord.read(figure, run: run, facts: group.model.facts, from: networks.store)
    use(.pictures, record?.files ?? [])
    return record
  }

  private mutating func use(_ kind: Store.Kind, _ keys: [StoreKey]) { self.keys[kind, default: []].formUnion(keys) }
}

extension StoreUsage {
  /// Whether the gallery uses the entry.
  func contains(_ kind: Store.Kind, _ key: StoreKey) -> Bool { keys[kind]?.contains(key) == true }
}
