public import Diagnostics
import Files
import Foundation
import Imaging
import Site

/// Builds an explanation gallery: content in, site out.
public struct Gallery: Sendable {
  private let options: BuildOptions
  private let progress: @Sendable (String) -> Void
  private let networks: NetworkStore
  private let timeSteps: Double

  /// Creates a gallery.
  ///
  /// - Parameter progress: is told what is being done, a line each time, from any thread.
  public init(_ options: BuildOptions, progress: @escaping @Sendable (String) -> Void = { _ in }) {
    self.init(options, progress: progress, timeSteps: 2)
  }

  /// - Parameter timeSteps: the seconds between two times that the file system tells apart: a file that was changed less than
  ///   that ago is not taken to be unchanged.
  init(_ options: BuildOptions, progress: @escaping @Sendable (String) -> Void = { _ in }, timeSteps: Double) {
    self.timeSteps = timeSteps
    self.options = options
    self.progress = progress
    networks = NetworkStore(
      Store(options.store ?? Store.standardPath(besideContent: options.content)), timeSteps: timeSteps)
  }

  private var store: Store { networks.store }
  private var jobs: Int { max(1, options.jobs ?? Parallel.processorCount) }
  private var explainStep: ExplainStep { ExplainStep(networks: networks, jobs: jobs, progress: progress) }

  // MARK: - Building

  /// Builds the site.
  ///
  /// Nothing is seen of it before everything is known to be right, and then all of it at once: after a fault the old
  /// site stands untouched. What the store has is not computed again, and what has not changed is not written again.
  ///
  /// - Throws: `DiagnosticList` with everything that is wrong.
  public func build() throws -> BuildReport {
    let record = store.url.appendingPathComponent(
      "outputs/\(StoreKey("output", [PhysicalPath(options.output).path]).hex)")
    let writer = SiteWriter(
      output: options.output,
      apartFrom: [
        Placement.Guarded("content folder", options.content), Placement.Guarded("templates folder", options.templates),
        Placement.Guarded("store", store.shownAs),
      ], record: record, isAtomic: options.isAtomic)
    try writer.check()
    var faults = DiagnosticList()
    let memory = BuildMemory(
      options, file: record.appendingPathExtension("build"), store: store, timeSteps: timeSteps, faults: &faults)
    if !faults.hasErrors, let report = memory.report(of: writer) { return report }

    let networks = usableNetworks(output: options.output, &faults)
    defer { finish() }
    // Whether the output can be written is known before anything is computed, and what a killed build left behind is put
    // right even if the content has faults. Where the store is at fault, nothing is made.
    let update = networks.store.isReadOnly ? nil : try faults.collect { try writer.begin(tell: progress) }
    let plan = try plan(networks, &faults)
    guard let update else { throw faults }
    // A store that has everything need not be writable.
    try? store.begin()
    var made = try explainStep.run(plan.groups)
    faults.append(contentsOf: made.faults.all)
    try faults.throwIfErrors()
    let figures = try deliver(plan, &made, to: update)

    let renderer = SiteRenderer(
      content: plan.content, templates: plan.templates, figures: figures, models: plan.models.mapValues(\.view))
    var report = BuildReport()
    report.pages = try renderer.render(jobs: jobs, to: update.add)
    let summary = try update.commit()
    faults.append(contentsOf: summary.warnings)
    report.pictures = plan.groups.count
    report.explanations = figures.values.reduce(0) { $0 + $1.rows.count }
    report.paintedPictures = made.pictures
    report.networkRuns = made.networkRuns
    report.utilization = made.utilization
    report.writtenFiles = summary.written
    report.unchangedFiles = summary.unchanged
    report.removedFiles = summary.removed
    report.warnings = faults
    memory.remember(report)
    return report
  }

  /// Hands the figures' pictures to `update`; those that the store cannot read back are made again.
  ///
  /// - Returns: the figures with their words.
  private func deliver(
    _ plan: GalleryPlan, _ made: inout ExplainStep.Outcome, to update: SiteUpdate
  ) throws -> [FigureRequest.ID: Figure] {
    var figures: [FigureRequest.ID: Figure] = [:]
    var pages = plan.figuresByPage
    for attempt in 1...2 {
      let records = made.records
      let deliveries = Parallel.map(pages, jobs: jobs) { page in
        Delivery(page, records: records, networks: networks, to: update)
      }
      for delivery in deliveries { figures.merge(delivery.views) { _, new in new } }
      let damaged = deliveries.filter(\.isDamaged)
      if damaged.isEmpty { return figures }
      guard attempt == 1 else { break }
      pages = damaged.map(\.page)
      let names = Set(pages.flatMap { $0.flatMap(\.request.parts).map(\.id) })
      made.merge(try explainStep.run(plan.groups, damaged: names))
    }
    throw DiagnosticList([
      .error("The store “\(store.shownAs)” does not keep what is written to it.", hint: "Name another with --store.")
    ])
  }

  /// What cannot be listed is a fault: its pages would vanish from the site, and what they use from the store.
  private func scan(_ faults: inout DiagnosticList) {
    for folder in [options.content, options.templates] { _ = faults.scan(folder, following: options.followedLinks) }
  }

  /// The networks as the store knows them; a store that may not be written to is a fault, and stays as it is.
  private func usableNetworks(output: String?, _ faults: inout DiagnosticList) -> NetworkStore {
    do throws(Diagnostic) {
      try store.check(options, output: output)
      return networks
    } catch {
      faults.append(error)
      return networks.readOnly
    }
  }

  /// Ends the use of the store.
  private func finish() {
    networks.hashes.save()
    store.end()
  }

  /// Reads and checks everything that can be checked before anything is computed.
  private func plan(_ networks: NetworkStore, _ faults: inout DiagnosticList) throws -> GalleryPlan {
    let plan = try GalleryPlan(options, networks: networks, diagnostics: &faults)
    if faults.hasErrors {
      try plan?.checkImages(&faults, networks.hashes)
      throw faults
    }
    guard let plan else { throw faults }
    return plan
  }

  /// Finds everything that a build would complain of, and writes nothing.
  ///
  /// - Returns: the warnings.
  /// - Throws: `DiagnosticList` with the errors, and the warnings among them.
  public func check() throws -> DiagnosticList {
    var faults = DiagnosticList()
    scan(&faults)
    try faults.collect { try store.check(options, output: options.output) }
    let networks = networks.readOnly
    let plan = try GalleryPlan(options, networks: networks, diagnostics: &faults)
    if let plan {
      try plan.checkImages(&faults, networks.hashes)
      _ = try faults.collect { try plan.rehearse(jobs: jobs) }
    }
    try faults.throwIfErrors()
    // What only the networks themselves can tell.
    let rehearsal = ExplainStep(networks: networks, jobs: jobs, progress: progress)
    if let plan { faults.append(contentsOf: try rehearsal.rehearse(plan.groups).all) }
    try faults.throwIfErrors()
    return faults
  }

  // MARK: - The store

  /// Fills the store with a part of the figures, so that a build finds them there.
  ///
  /// Any number of parts may be computed at the same time, on machines that share the store or do not.
  ///
  /// - Throws: `DiagnosticList` with everything that is wrong.
  public func compute(_ shard: Shard) throws -> ComputeReport {
    var faults = DiagnosticList()
    scan(&faults)
    let networks = usableNetworks(output: nil, &faults)
    defer { finish() }
    let groups = shard.part(of: try plan(networks, &faults).groups)
    // A store that has everything need not be writable.
    try? store.begin()
    let made = try explainStep.run(groups)
    faults.append(contentsOf: made.faults.all)
    try faults.throwIfErrors()
    return ComputeReport(
      pictures: groups.count, paintedPictures: made.pictures, networkRuns: made.networkRuns,
      utilization: made.utilization)
  }

  /// Tells what the store holds and which of it the content uses.
  ///
  /// - Parameter prunes: whether what is not used is deleted.
  /// - Throws: `DiagnosticList` where the content has errors: what a faulty page uses cannot be known.
  public func storeReport(prunes: Bool) throws -> StoreReport {
    var faults = DiagnosticList()
    scan(&faults)
    try faults.collect { try store.check(options, output: nil) }
    let networks = networks.readOnly
    let usage = StoreUsage(try plan(networks, &faults), networks)
    do throws(Diagnostic) {
      return try store.report(prunes: prunes, usage.contains)
    } catch {
      throw DiagnosticList([error])
    }
  }
}
