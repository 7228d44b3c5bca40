import Diagnostics
import Files
import Foundation
import Imaging
import Network
import Saliency
import Site
import Synchronization

/// Makes the figures that the store does not have.
///
/// Several pictures are worked on at a time, each by one thread from its decoding to its last panel: while one network
/// runs, another picture is decoded or painted.
struct ExplainStep: Sendable {
  let networks: NetworkStore
  let jobs: Int
  let progress: @Sendable (String) -> Void

  /// What the step found and did.
  struct Outcome: Sendable {
    var records: [ExplainRequest.ID: FigureRecord] = [:]
    var faults = DiagnosticList()
    /// Forward runs of networks.
    var networkRuns = 0
    /// Pictures that were decoded and painted.
    var pictures = 0
    /// How busy the processors were while figures were made, 0…1.
    var utilization: Double?

    mutating func merge(_ other: Outcome) {
      records.merge(other.records) { _, new in new }
      faults.append(contentsOf: other.faults.all)
      networkRuns += other.networkRuns
      pictures += other.pictures
      utilization = utilization ?? other.utilization
    }
  }

  /// Makes the figures of `groups`.
  ///
  /// - Parameters:
  ///   - damaged: figures to make again whatever the store has.
  ///   - willRunThreads: is called before a network runs on several threads.
  func run(
    _ groups: [GalleryPlan.Group], damaged: Set<ExplainRequest.ID> = [], willRunThreads: () -> Void = {}
  ) throws -> Outcome {
    var outcome = Outcome()
    let lookups = Parallel.map(groups, jobs: jobs) { lookUp($0, damaged: damaged) }
    for lookup in lookups { outcome.records.merge(lookup.records) { first, _ in first } }
    // A worker keeps a network while it has pictures for it.
    let missing = lookups.filter { !$0.missing.isEmpty }.enumerated()
      .sorted { ($0.element.group.model.path, $0.offset) < ($1.element.group.model.path, $1.offset) }.map(\.element)
    guard !missing.isEmpty else { return outcome }
    if missing.contains(where: { ComputeThreads.count(of: $0.group.model) > 1 }) { willRunThreads() }
    let clock = ProcessorClock()
    for made in try make(missing) { outcome.merge(made) }
    outcome.utilization = clock.utilization(of: jobs)
    return outcome
  }

  // MARK: - The store

  /// What the store has of a group.
  private struct Lookup: Sendable {
    let group: GalleryPlan.Group
    var run: StoreKey?
    var records: [ExplainRequest.ID: FigureRecord] = [:]
    var missing: [PlannedFigure] = []
  }

  private func lookUp(_ group: GalleryPlan.Group, damaged: Set<ExplainRequest.ID>) -> Lookup {
    var lookup = Lookup(group: group)
    // A picture that cannot be read has no hash; decoding it will tell what is wrong.
    lookup.run = group.run(networks.hashes)
    for figure in group.figures {
      let record = lookup.run.flatMap { run in
        damaged.contains(figure.request.id)
          ? nil : FigureRecord.read(figure, run: run, facts: group.model.facts, from: networks.store)
      }
      if let record { lookup.records[figure.request.id] = record } else { lookup.missing.append(figure) }
    }
    return lookup
  }

  // MARK: - Making

  private func make(_ lookups: [Lookup]) throws -> [Outcome] {
    let slots = Slots(jobs)
    let started = Atomic(0)
    let hasFault = Atomic(false)
    let results = Parallel.run(lookups.count, jobs: jobs) { next in
      let bench = Workbench(networks: networks)
      var results: [(Int, Result<Outcome, any Error>)] = []
      while let index = next() {
        let group = lookups[index].group
        let threads = ComputeThreads.count(of: group.model)
        let result = slots.with(threads) {
          Result {
            let number = started.add(1, ordering: .relaxed).newValue
            if !hasFault.load(ordering: .relaxed) {
              progress("[\(number)/\(lookups.count)] \(group.image.value.path), \(group.model.title)")
            }
            ComputeThreads.use(threads)
            return try make(lookups[index], on: bench, decodesOnly: hasFault.load(ordering: .relaxed))
          }
        }
        if (try? result.get().faults.hasErrors) != false { hasFault.store(true, ordering: .relaxed) }
        results.append((index, result))
      }
      ComputeThreads.use(Parallel.processorCount)
      return results
    }
    return try results.flatMap { $0 }.sorted { $0.0 < $1.0 }.map { try $0.1.get() }
  }

  private func make(_ lookup: Lookup, on bench: Workbench, decodesOnly: Bool) throws -> Outcome {
    var outcome = Outcome()
    let group = lookup.group
    guard let (image, run) = try group.decode(&outcome.faults, networks.hashes) else { return outcome }
    // What is known of the picture elsewhere in the build is known of the bytes that it had when the build began.
    guard run == lookup.run else {
      outcome.faults.append(
        .error(
          "“\(group.image.value.path)” has changed while the site was being built.", at: group.image.location,
          hint: "Build again."))
      return outcome
    }
    guard !decodesOnly else { return outcome }
    var maker = try FigureMaker(
      group.model, image: image, figures: group.figures,
      results: RunStore(store: networks.store, run: run, facts: group.model.facts),
      network: { try bench.network(group) }, verify: { try networks.verify(group.identity) })
    for figure in lookup.missing {
      let record = try maker.record(figure)
      try record.write(FigureRecord.key(figure, run: run), to: networks.store)
      outcome.records[figure.request.id] = record
    }
    outcome.networkRuns = maker.runs
    outcome.pictures = 1
    return outcome
  }
}

/// The network that a worker has open.
private final class Workbench {
  private let networks: NetworkStore
  private var open: (key: StoreKey, network: Network)?

  init(networks: NetworkStore) {
    self.networks = networks
  }

  func network(_ group: GalleryPlan.Group) throws -> Network {
    if let open, open.key == group.identity.key { return open.network }
    open = nil
    let network = try networks.open(
      group.identity, facts: group.model.facts, inputShape: group.model.input.shape)
    open = (group.identity.key, network)
    return network
  }
}

/// Measures how busy the processors are.
private struct ProcessorClock {
  private let start = ContinuousClock.now
  private let used = Self.used

  /// The share of the time of `jobs` processors that this process has used since the clock was made, 0…1.
  func utilization(of jobs: Int) -> Double {
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let capacity = elapsed * Double(min(jobs, Parallel.processorCount))
    return capacity > 0 ? min(1, (Self.used - used) / capacity) : 1
  }

  private static var used: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
