import Diagnostics
import Foundation
import NeuralNetwork
import Saliency

/// The entries that a gallery uses.
struct StoreUsage {
  private(set) var keys: [Store.Kind: Set<StoreKey>] = [:]

  init(_ plan: GalleryPlan, _ networks: NetworkStore) {
    for group in plan.groups {
      use(.models, group.identity.entries)
      guard let run = group.run(networks.hashes) else { continue }
      let results = RunStore(store: networks.store, run: run, facts: group.model.facts)
      use(.arrays, [results.scoresKey])
      for figure in group.figures {
        use(.figures, [FigureRecord.key(figure, run: run)])
        let record = FigureRecord.read(figure, run: run, facts: group.model.facts, from: networks.store)
        use(.pictures, record?.pictures.map(\.key) ?? [])
        let classes =
          switch figure.classes {
          case .indices(let indices): indices
          case .top(let count): results.scores?.topClasses(count) ?? []
          }
        let call = ExplanationCall(classes, layers: figure.layers.map(\.layer), methods: figure.methods)
        use(.arrays, [results.key(call)])
      }
    }
  }

  private mutating func use(_ kind: Store.Kind, _ keys: [StoreKey]) { self.keys[kind, default: []].formUnion(keys) }
}

extension StoreUsage {
  /// Whether the gallery uses the entry.
  func contains(_ kind: Store.Kind, _ key: StoreKey) -> Bool { keys[kind]?.contains(key) == true }
}
