public import Diagnostics
import Files
import Foundation
import Site

/// A site that is kept up to date: content in, site out, again and again.
///
/// What was read, planned, explained and rendered is kept in memory, each under what it was made from, so that after an edit
/// only that is done again which depends on it. After a fault everything stays as it was: the last good site, and what is
/// known.
///
/// A session is used by one thread at a time. It has the use of the store for as long as it lives.
public final class SiteSession {
  let options: BuildOptions
  let progress: @Sendable (BuildStep) -> Void
  let networks: NetworkStore
  private let timeSteps: Double
  /// The networks for those who only look.
  private(set) lazy var readers = networks.readOnly
  private var plans: PlanMemory
  private let figures = FigureMemory()
  private let pages: PageMemory?
  /// The site as it was when it had no faults last; `nil` before that, and where pages are not kept.
  public private(set) var site: SiteFiles?

  /// Begins a session. Nothing is read before it is asked for something.
  ///
  /// - Parameters:
  ///   - keepsPages: whether the site is kept in memory. For a single build it need not be.
  ///   - progress: is told what is being done, from any thread.
  public convenience init(
    _ options: BuildOptions, keepsPages: Bool = true, progress: @escaping @Sendable (BuildStep) -> Void = { _ in }
  ) {
    self.init(options, keepsPages: keepsPages, progress: progress, timeSteps: 2)
  }

  /// - Parameter timeSteps: the seconds between two times that the file system tells apart: a file that was changed less than
  ///   that ago is not taken to be unchanged.
  init(
    _ options: BuildOptions, keepsPages: Bool = true, progress: @escaping @Sendable (BuildStep) -> Void = { _ in },
    timeSteps: Double
  ) {
    self.options = options
    self.progress = progress
    self.timeSteps = timeSteps
    networks = NetworkStore(
      Store(options.store ?? Store.standardPath(besideContent: options.content)), timeSteps: timeSteps)
    plans = PlanMemory(timeSteps: timeSteps)
    pages = keepsPages ? PageMemory() : nil
  }

  deinit {
    networks.hashes.save()
    store.end()
  }

  var store: Store { networks.store }
  private var jobs: Int { max(1, options.jobs ?? Parallel.processorCount) }

  // MARK: - What it is for

  /// Brings the site up to date with what lies on disk, and writes nothing but explanations to the store.
  ///
  /// - Parameter looksAtPictures: whether it is made sure that the store still has every picture; those that are gone are made
  ///   again. Without, what was there is taken to be there.
  /// - Throws: `DiagnosticList` with everything that is wrong; the last good site stays then.
  @discardableResult
  public func update(looksAtPictures: Bool = false) throws -> SiteChanges {
    var faults = DiagnosticList()
    scan(&faults)
    let plan = try plan(usableNetworks(output: options.output, &faults), &faults)
    defer { networks.hashes.save() }
    let made = try make(plan, &faults, looksAtPictures: looksAtPictures)
    return SiteChanges(
      readFiles: plans.content.readFiles, plannedFigures: plans.plannedFigures, paintedPictures: made.outcome.pictures,
      networkRuns: made.outcome.networkRuns, renderedPages: pages?.renderedPages ?? [], warnings: faults)
  }

  /// Brings the site up to date and writes it to the output folder.
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
    defer { networks.hashes.save() }
    // Whether the output can be written is known before anything is computed, and what a killed build left behind is put
    // right even if the content has faults. Where the store is at fault, nothing is made.
    let update = networks.store.isReadOnly ? nil : try faults.collect { try writer.begin { progress(.note($0)) } }
    let plan = try plan(networks, &faults)
    guard let update else { throw faults }
    // Where this is the only build, nobody will ask what was read.
    if pages == nil { plans = PlanMemory(timeSteps: timeSteps) }
    let made = try make(plan, &faults, to: update)
    let summary = try update.commit()
    faults.append(contentsOf: summary.warnings)
    var report = BuildReport()
    report.pages = made.pages
    report.pictures = plan.groups.count
    report.explanations = made.figures.reduce(0) { $0 + $1.rows.count }
    report.paintedPictures = made.outcome.pictures
    report.networkRuns = made.outcome.networkRuns
    report.utilization = made.outcome.utilization
    report.writtenFiles = summary.written
    report.unchangedFiles = summary.unchanged
    report.removedFiles = summary.removed
    report.warnings = faults
    memory.remember(report)
    return report
  }

  /// Finds everything that a build would complain of, and writes nothing.
  ///
  /// - Parameter isStrict: whether what readers may miss is told, too.
  /// - Returns: the warnings.
  /// - Throws: `DiagnosticList` with the errors, and the warnings among them.
  public func check(isStrict: Bool = false) throws -> DiagnosticList {
    var faults = DiagnosticList()
    scan(&faults)
    try faults.collect { try store.check(options, output: options.output) }
    let plan = try GalleryPlan(options, networks: readers, memory: &plans, diagnostics: &faults)
    if let plan {
      try plan.checkImages(&faults, readers.hashes, figures)
      faults.append(contentsOf: try faults.collect { try plan.rehearse(jobs: jobs) } ?? [])
      if isStrict { faults.append(contentsOf: plan.omissions) }
    }
    try faults.throwIfErrors()
    // What only the networks themselves can tell.
    if let plan { faults.append(contentsOf: try explainStep(readers).rehearse(plan.groups).all) }
    try faults.throwIfErrors()
    return faults
  }

  // MARK: - Steps

  /// What cannot be listed is a fault: its pages would vanish from the site, and what they use from the store.
  func scan(_ faults: inout DiagnosticList) {
    for folder in [options.content, options.templates] { _ = faults.scan(folder, following: options.followedLinks) }
  }

  /// The networks as the store knows them; a store that may not be written to is a fault, and stays as it is.
  func usableNetworks(output: String?, _ faults: inout DiagnosticList) -> NetworkStore {
    do throws(Diagnostic) {
      try store.check(options, output: output)
      return networks
    } catch {
      faults.append(error)
      return readers
    }
  }

  /// Reads and checks everything that can be checked before anything is computed.
  func plan(_ networks: NetworkStore, _ faults: inout DiagnosticList) throws -> GalleryPlan {
    let plan = try GalleryPlan(options, networks: networks, memory: &plans, diagnostics: &faults)
    if faults.hasErrors {
      try plan?.checkImages(&faults, networks.hashes, figures)
      throw faults
    }
    guard let plan else { throw faults }
    return plan
  }

  func explainStep(_ networks: NetworkStore) -> ExplainStep {
    ExplainStep(networks: networks, jobs: jobs, memory: figures, progress: progress)
  }

  /// What was made of a plan.
  private struct Made {
    let outcome: ExplainStep.Outcome
    /// The figures with their words, those of the pictures of collections among them.
    let figures: [Figure]
    /// Number of HTML pages.
    let pages: Int
  }

  /// Makes the site that is planned.
  ///
  /// - Parameters:
  ///   - update: gets every file of it.
  ///   - looksAtPictures: whether pictures that the store should have are looked at where there is no `update`.
  private func make(
    _ plan: GalleryPlan, _ faults: inout DiagnosticList, to update: SiteUpdate? = nil, looksAtPictures: Bool = false
  ) throws -> Made {
    // A store that has everything need not be writable.
    try? store.begin()
    var outcome = try explainStep(networks).run(plan.groups)
    faults.append(contentsOf: outcome.faults.all)
    try faults.throwIfErrors()
    let deliveries = try deliver(plan, &outcome, to: update, looksAtPictures: looksAtPictures)
    var views: [FigureRequest.ID: Figure] = [:]
    var collections: [FigureRequest.ID: Collection] = [:]
    var strips: [ExactPath: Figure.Picture] = [:]
    for delivery in deliveries {
      strips[ExactPath(delivery.path)] = delivery.figures.strip
      views.merge(delivery.figures.views) { _, new in new }
      collections.merge(delivery.figures.collections) { _, new in new }
    }
    let renderer = SiteRenderer(
      content: plan.content, templates: plan.templates, figures: views, collections: collections,
      evaluations: plan.evaluations, models: plan.modelViews, pictureSizes: plan.content.pictureSizes(jobs: jobs),
      strips: strips, memory: pages)
    let rendered = Guarded<[OutputFile]>([])
    let isKept = pages != nil
    let count = try renderer.render(jobs: jobs) { file in
      update?.add(file)
      if isKept { rendered.withLock { $0.append(file) } }
    }
    faults.append(contentsOf: renderer.missingPlaces)
    if isKept {
      site = SiteFiles(
        deliveries.flatMap(\.files) + rendered.withLock(\.self), address: plan.content.configuration.url)
    }
    let figures = Array(views.values) + collections.values.flatMap { $0.pictures.map(\.figure) }
    return Made(outcome: outcome, figures: figures, pages: count)
  }

  /// Finds the words of figures and hands their pictures to `update`; those that the store cannot read back are made again.
  ///
  /// - Returns: the figures of each page.
  private func deliver(
    _ plan: GalleryPlan, _ made: inout ExplainStep.Outcome, to update: SiteUpdate?, looksAtPictures: Bool
  ) throws -> [Delivery] {
    var deliveries: [Delivery] = []
    var pages = plan.figuresByPage
    for attempt in 1...2 {
      let outcome = made
      let differences = try DifferenceStep(store: store, jobs: jobs).run(pages.flatMap(\.self), outcome.records)
      let found = try Parallel.map(pages, jobs: jobs) { [figures, networks] page in
        try Delivery(
          page, made: outcome, sources: plan.sources, differences: differences, memory: figures, networks: networks,
          in: plan.strings(of: page), makesStrip: plan.content.configuration.url != nil,
          repairs: attempt > 1, to: update, looksAtPictures: looksAtPictures)
      }
      deliveries += found.filter { !$0.isDamaged }
      pages = found.filter(\.isDamaged).map(\.page)
      if pages.isEmpty {
        figures.keep(words: deliveries)
        return deliveries
      }
      guard attempt == 1 else { break }
      let names = Set(pages.flatMap { $0.flatMap(\.request.parts).map(\.id) })
      made.merge(try explainStep(networks).run(plan.groups, damaged: names))
    }
    throw DiagnosticList([
      .error("The store “\(store.shownAs)” does not keep what is written to it.", hint: "Name another with --store.")
    ])
  }
}
