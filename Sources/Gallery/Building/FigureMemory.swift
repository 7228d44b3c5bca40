import Files
import Site

/// The figures that were made or read last, so that neither the store is asked for them again nor their words are found again.
final class FigureMemory: Sendable {
  /// The figures of a page with their words, and what they were made from.
  struct Words: Sendable {
    /// What a figure's words are made from.
    struct Source: Hashable, Sendable {
      let request: ExplainRequest.ID
      let sources: FigureSources
      let record: StoreKey
    }

    let sources: [Source]
    /// Stands for the words of the interface.
    let strings: Fingerprint
    let figures: PageFigures
  }

  private struct State {
    var records: [StoreKey: FigureRecord] = [:]
    var words: [ExactPath: Words] = [:]
    var soundRuns: Set<StoreKey> = []
  }

  private let state = Guarded(State())

  /// The record under a key, if it is known.
  func record(_ key: StoreKey) -> FigureRecord? { state.withLock { $0.records[key] } }

  /// The figures of a page, where they would be made from the same again.
  func words(ofPage path: String, _ sources: [Words.Source], _ strings: Strings) -> PageFigures? {
    state.withLock { state in
      state.words[ExactPath(path)].flatMap {
        $0.sources == sources && $0.strings == strings.fingerprint ? $0.figures : nil
      }
    }
  }

  /// Keeps records, and forgets all others.
  func keep(records: [StoreKey: FigureRecord]) { state.withLock { $0.records = records } }

  /// Keeps the words of figures that were delivered, and forgets all others.
  func keep(words deliveries: [Delivery]) {
    let words = deliveries.compactMap { delivery in delivery.words.map { (ExactPath(delivery.path), $0) } }
    state.withLock { $0.words = Dictionary(words) { first, _ in first } }
  }

  /// Whether the picture of a run has been decoded without a fault.
  func isSound(_ run: StoreKey) -> Bool { state.withLock { $0.soundRuns.contains(run) } }

  func noteSound(_ run: StoreKey) { state.withLock { _ = $0.soundRuns.insert(run) } }
}
