import Files
import Foundation
import Site

/// Paints what the maps of two networks differ by, where a figure shows both.
struct DifferenceStep: Sendable {
  let store: Store
  let jobs: Int

  /// The differences of the maps of `figures`, by the keys of their pairs; those that the store does not have are painted.
  ///
  /// - Parameter records: the parts of the figures.
  func run(
    _ figures: [WholeFigure], _ records: [ExplainRequest.ID: FigureRecord]
  ) throws -> [StoreKey: FigureRecord.Panel] {
    let pairs = Self.pairs(of: figures, records)
    let panels = try Parallel.map(pairs, jobs: jobs) { pair -> (StoreKey, FigureRecord.Panel)? in
      let key = pair.key
      if let known = FigureRecord.Panel.read(difference: key, from: store) { return (key, known) }
      guard let panel = try pair.panel(store) else { return nil }
      try store.write(.figures, key, Array(JSONEncoder().encode(panel)))
      return (key, panel)
    }
    return Dictionary(panels.compactMap(\.self)) { first, _ in first }
  }

  /// The maps that can be subtracted.
  static func pairs(of figures: [WholeFigure], _ records: [ExplainRequest.ID: FigureRecord]) -> [MapPair] {
    figures.filter { Set($0.parts.map(\.plan.request.model.value)).count == 2 }.flatMap { figure -> [MapPair] in
      let known = figure.parts.compactMap { records[$0.plan.request.id] }
      return known.count == figure.parts.count ? FigureGrid(figure, known).pairs : []
    }
  }
}

extension FigureRecord.Panel {
  /// A difference that the store has with all of its files.
  static func read(difference key: StoreKey, from store: Store) -> FigureRecord.Panel? {
    guard let bytes = store.read(.figures, key),
      let panel = try? JSONDecoder().decode(FigureRecord.Panel.self, from: Data(bytes)), panel.isSound,
      panel.files.allSatisfy({ store.has(.pictures, $0) })
    else { return nil }
    return panel
  }
}
