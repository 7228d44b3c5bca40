import Diagnostics
import Files

/// Brings to an end what builds began that are no longer alive.
struct Recovery {
  let place: OutputPlace
  let disk: Disk

  /// - Parameter tell: is told what is done.
  /// - Throws: where something begun cannot be finished. Nothing is lost by that.
  func run(tell: (String) -> Void) throws(Diagnostic) {
    for staging in StagingFolder.leftovers(of: place, disk: disk) {
      do throws(SystemError) {
        switch try Journal.read(staging.journal) {
        case nil: break
        case .exchange:
          tell("Tidying up behind a build of \(place.shownAs) that was interrupted.")
          try Retirement(of: staging.site, place: place, disk: disk).run()
        case .steps(let steps):
          tell("Completing a build of \(place.shownAs) that was interrupted.")
          try Publishing(target: place.path, source: staging.path, disk: disk).run(steps)
        }
      } catch {
        throw place.fault(
          "holds a build that was interrupted and cannot be completed", error,
          hint: "Mend that, or give the build up by deleting \(staging.path).")
      }
      staging.discard()
    }
  }
}
