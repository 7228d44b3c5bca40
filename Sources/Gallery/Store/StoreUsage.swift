import Diagnostics
import Foundation
import Network
import Saliency

/// The entries that a gallery uses.
struct StoreUsage {
  private(set) var keys: [Store.Kind: Set<StoreKey>] = [:]

  init(_ plan: GalleryPlan, _ networks: NetworkStore) {
    for group in plan.groups {
      use(.models, group.identity.entries)
      guard let run = group.run(networks.hashes) else { continue }
      let results = RunStore(store: networks.store, run: run)
      use(.arrays, [results.scoresKey])
      for figure in group.figures {
        let key = FigureRecord.key(figure, run: run)
        use(.figures, [key])
        use(.pictures, FigureRecord.read(key, from: networks.store)?.pictures.map(\.key) ?? [])
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

extension Store {
  /// Counts all entries.
  ///
  /// - Parameters:
  ///   - used: the entries to keep.
  ///   - prunes: whether all others are deleted, and what writers left behind that were killed a day ago or earlier.
  func report(keeping used: [Kind: Set<StoreKey>], prunes: Bool) throws -> StoreReport {
    var report = StoreReport()
    let manager = FileManager.default
    for kind in Kind.allCases {
      let folder = url.appendingPathComponent(kind.rawValue)
      for prefix in (try? manager.contentsOfDirectory(atPath: folder.path)) ?? [] {
        let inner = folder.appendingPathComponent(prefix)
        for name in (try? manager.contentsOfDirectory(atPath: inner.path)) ?? [] {
          let file = inner.appendingPathComponent(name)
          let size = (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
          if used[kind]?.contains(StoreKey(hex: prefix + name)) == true {
            report.used.entries += 1
            report.used.bytes += size
          } else {
            report.unused.entries += 1
            report.unused.bytes += size
            if prunes { try? manager.removeItem(at: file) }
          }
        }
      }
    }
    if prunes { removeLeftovers() }
    return report
  }

  private func removeLeftovers() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: temporaryFolder.path)) ?? [] {
      let file = temporaryFolder.appendingPathComponent(name)
      let changed = try? file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
      if let changed, changed.timeIntervalSinceNow < -86400 { try? FileManager.default.removeItem(at: file) }
    }
  }
}
