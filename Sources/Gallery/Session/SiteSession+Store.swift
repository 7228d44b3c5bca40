import Diagnostics
import Foundation

extension SiteSession {
  /// Fills the store with a part of the figures, so that a build finds them there.
  ///
  /// Any number of parts may be computed at the same time, on machines that share the store or do not.
  ///
  /// - Throws: `DiagnosticList` with everything that is wrong.
  func compute(_ shard: Shard) throws -> ComputeReport {
    var faults = DiagnosticList()
    scan(&faults)
    let networks = usableNetworks(output: nil, &faults)
    defer { networks.hashes.save() }
    let groups = shard.part(of: try plan(networks, &faults).groups)
    // A store that has everything need not be writable.
    try? store.begin()
    let made = try explainStep(networks).run(groups)
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
  func storeReport(prunes: Bool) throws -> StoreReport {
    var faults = DiagnosticList()
    scan(&faults)
    try faults.collect { try store.check(options, output: nil) }
    let usage = StoreUsage(try plan(readers, &faults), readers)
    do throws(Diagnostic) {
      return try store.report(prunes: prunes, usage.contains)
    } catch {
      throw DiagnosticList([error])
    }
  }
}
