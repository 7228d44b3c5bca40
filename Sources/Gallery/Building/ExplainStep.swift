import Diagnostics
import Files
import Foundation
import Imaging
import NeuralNetwork
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
  /// Knows the figures that need not be looked for in the store.
  var memory = FigureMemory()
  let progress: @Sendable (BuildStep) -> Void

  /// What the step found and did.
  struct Outcome: Sendable {
    var records: [ExplainRequest.ID: FigureRecord] = [:]
    /// The keys of the records.
    var keys: [ExplainRequest.ID: StoreKey] = [:]
    var faults = DiagnosticList()
    /// Forward runs of networks.
    var networkRuns = 0
    /// Pictures that were decoded and painted.
    var pictures = 0
    /// How busy the processors were while figures were made, 0…1.
    var utilization: Double?

    /// The records by their keys.
    fileprivate var recordsByKey: [StoreKey: FigureRecord] {
      Dictionary(keys.compactMap { id, key in records[id].map { (key, $0) } }) { first, _ in first }
    }

    fileprivate mutating func keep(_ record: (key: StoreKey, record: FigureRecord), of figure: ExplainRequest.ID) {
      keys[figure] = record.key
      records[figure] = record.record
    }

    mutating func merge(_ other: Outcome) {
      records.merge(other.records) { _, new in new }
      keys.merge(other.keys) { _, new in new }
      faults.append(contentsOf: other.faults.all)
      networkRuns += other.networkRuns
      pictures += other.pictures
      utilization = utilization ?? other.utilization
    }
  }

  /// Makes the figures of `groups`.
  ///
  /// - Parameter damaged: figures to make again whatever the store has.
  func run(_ groups: [GalleryPlan.Group], damaged: Set<ExplainRequest.ID> = []) throws -> Outcome {
    var outcome = try make(groups, damaged: damaged)
    var records = outcome.recordsByKey
    // Parts of a figure that share a scale are painted when all of them are known.
    let compared = SharedScales(groups, outcome.records).groups
    if !compared.isEmpty, !outcome.faults.hasErrors {
      outcome.merge(try make(compared, damaged: damaged))
      records.merge(outcome.recordsByKey) { first, _ in first }
    }
    memory.keep(records: records)
    tellFindings(of: groups, in: &outcome)
    return outcome
  }

  /// So many runs on other pictures are worth a word before they begin.
  private static let manyRuns = 100.0

  private func make(_ groups: [GalleryPlan.Group], damaged: Set<ExplainRequest.ID>) throws -> Outcome {
    var outcome = Outcome()
    let lookups = Parallel.map(groups, jobs: jobs) { lookUp($0, damaged: damaged) }
    for lookup in lookups { lookup.found.forEach { outcome.keep($1, of: $0) } }
    // A worker keeps a network while it has pictures for it.
    let missing = lookups.filter { !$0.missing.isEmpty }.enumerated()
      .sorted { ($0.element.group.model.path, $0.offset) < ($1.element.group.model.path, $1.offset) }.map(\.element)
    guard !missing.isEmpty else { return outcome }
    let runs = missing.reduce(0) { sum, lookup in
      sum + lookup.missing.reduce(0) { $0 + $1.furtherRuns(input: lookup.group.model.facts.inputShape) }
    }
    if runs >= Self.manyRuns {
      progress(
        .note("About \(Int(runs)) runs of networks lie ahead, for evidence and for methods of many pictures."))
    }
    let clock = ProcessorClock()
    for made in try each(missing, make) { outcome.merge(made) }
    outcome.utilization = clock.utilization(of: jobs)
    return outcome
  }

  /// Runs the networks where the store has no figure, to find the faults, and writes nothing.
  func rehearse(_ groups: [GalleryPlan.Group]) throws -> DiagnosticList {
    var outcome = Outcome()
    let lookups = Parallel.map(groups, jobs: jobs) { lookUp($0, damaged: []) }
    for lookup in lookups { lookup.found.forEach { outcome.keep($1, of: $0) } }
    for found in try each(lookups.filter({ !$0.missing.isEmpty }), rehearse) { outcome.merge(found) }
    tellFindings(of: groups, in: &outcome)
    return outcome.faults
  }

  /// What figures do not show, where the pages ask for it.
  private func tellFindings(of groups: [GalleryPlan.Group], in outcome: inout Outcome) {
    for group in groups {
      for figure in group.figures {
        guard let record = outcome.records[figure.request.id] else { continue }
        tell(
          record.findings, record.rows.flatMap { row in row.findings.map { (row.subject, $0) } }, group, figure,
          &outcome)
      }
    }
  }

  private func tell(
    _ ofPicture: [Finding], _ ofRows: [(subject: FigureRecord.Subject, finding: Finding)],
    _ group: GalleryPlan.Group, _ figure: PlannedFigure, _ outcome: inout Outcome
  ) {
    let place = figure.request.image.location
    for finding in ofPicture { outcome.faults.append(.warning("\(group.subject): \(finding.text)", at: place)) }
    // What several classes have in common is said once.
    var known: Set<Finding> = []
    for (subject, finding) in ofRows where finding.isWarning {
      if finding.isOfSeveral, !known.insert(finding).inserted { continue }
      let name = finding.isOfSeveral ? "" : ", \(figure.target(of: subject))"
      outcome.faults.append(.warning("\(group.subject)\(name): \(finding.text)", at: place))
    }
  }

  // MARK: - The store

  /// What the store has of a group.
  private struct Lookup: Sendable {
    let group: GalleryPlan.Group
    var run: StoreKey?
    var found: [ExplainRequest.ID: (key: StoreKey, record: FigureRecord)] = [:]
    var missing: [PlannedFigure] = []
  }

  private func lookUp(_ group: GalleryPlan.Group, damaged: Set<ExplainRequest.ID>) -> Lookup {
    var lookup = Lookup(group: group)
    // A picture that cannot be read has no hash; decoding it will tell what is wrong.
    lookup.run = group.run(networks.hashes)
    for figure in group.figures {
      let found = lookup.run.flatMap { run in
        damaged.contains(figure.request.id) ? nil : self.record(of: figure, run: run, facts: group.model.facts)
      }
      if let found { lookup.found[figure.request.id] = found } else { lookup.missing.append(figure) }
    }
    if let run = lookup.run, !lookup.found.isEmpty { memory.noteSound(run) }
    return lookup
  }

  private func record(
    of figure: PlannedFigure, run: StoreKey, facts: NetworkFacts
  ) -> (key: StoreKey, record: FigureRecord)? {
    let key = FigureRecord.key(figure, run: run)
    let record = memory.record(key) ?? FigureRecord.read(figure, run: run, facts: facts, from: networks.store)
    return record.map { (key, $0) }
  }

  // MARK: - Making

  /// Does `work` on groups, several at a time; after a fault pictures are only decoded.
  private func each(
    _ lookups: [Lookup], _ work: @Sendable (Lookup, Workbench, _ decodesOnly: Bool) throws -> Outcome
  ) throws -> [Outcome] {
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
              progress(
                .picture(
                  number, of: lookups.count, subject: "\(group.image.value.path), \(group.model.title)"))
            }
            ComputeThreads.use(threads)
            return try work(lookups[index], bench, hasFault.load(ordering: .relaxed))
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

  @Sendable private func make(_ lookup: Lookup, on bench: Workbench, decodesOnly: Bool) throws -> Outcome {
    try compute(lookup, on: bench, decodesOnly: decodesOnly) { maker, figure, outcome in
      let record = try attempt(figure, of: lookup.group, &outcome) { try maker.record(figure) }
      guard let run = lookup.run, let record else { return }
      let key = FigureRecord.key(figure, run: run)
      try record.write(key, to: networks.store)
      outcome.keep((key, record), of: figure.request.id)
    }
  }

  @Sendable private func rehearse(_ lookup: Lookup, on bench: Workbench, decodesOnly: Bool) throws -> Outcome {
    try compute(lookup, on: bench, isRehearsal: true, decodesOnly: decodesOnly) { maker, figure, outcome in
      let findings = try attempt(figure, of: lookup.group, &outcome) { try maker.findings(figure) }
      if let findings { tell(findings.picture, findings.rows, lookup.group, figure, &outcome) }
    }
  }

  /// Does `work` for each figure of a group that is missing.
  private func compute(
    _ lookup: Lookup, on bench: Workbench, isRehearsal: Bool = false, decodesOnly: Bool,
    _ work: (inout FigureMaker, PlannedFigure, inout Outcome) throws -> Void
  ) throws -> Outcome {
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
    memory.noteSound(run)
    guard !decodesOnly else { return outcome }
    var maker = try FigureMaker(
      group.model, image: image, figures: group.figures,
      results: RunStore(store: networks.store, run: run, facts: group.model.facts), isRehearsal: isRehearsal,
      network: { try bench.network(group) }, openLost: { try bench.network(group, weights: $0) },
      verify: { try networks.verify(group.identity) })
    for figure in lookup.missing { try work(&maker, figure, &outcome) }
    outcome.networkRuns = maker.runs
    outcome.pictures = 1
    return outcome
  }

  /// A fault of a run is told on every page that asks for it.
  private func attempt<Result>(
    _ figure: PlannedFigure, of group: GalleryPlan.Group, _ outcome: inout Outcome, _ work: () throws -> Result
  ) throws -> Result? {
    try outcome.faults.collect(at: figure.request.image.location) { try Diagnostic.about(group.subject, work) }
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

  /// The network with other weights, which is not kept.
  func network(
    _ group: GalleryPlan.Group, weights: @escaping (_ name: String, _ weights: Tensor) throws -> Tensor
  ) throws -> Network {
    try networks.open(
      group.identity, facts: group.model.facts, inputShape: group.model.input.shape, weights: weights)
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
