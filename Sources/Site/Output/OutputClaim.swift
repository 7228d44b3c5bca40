import Diagnostics
import Files
import Foundation

/// The right to write an output folder, from before the first file until after the last: one build has it at a time.
///
/// The folder exists as long as the claim does. Where it was made for the claim and nothing came of that, it goes again.
final class OutputClaim: Sendable {
  let place: OutputPlace
  let disk: Disk
  /// Where the new site is put together.
  let staging: StagingFolder
  /// Whether the folder was made for this build.
  let isNew: Bool
  private let made: [String]
  private let lock: Guarded<FileLock?>
  private let keepsStaging = Guarded(false)

  /// Takes the folder, and waits for another build that has it.
  ///
  /// What builds left behind that are no longer alive is brought to its end or taken away, so that this happens even if
  /// nothing comes of the build that does it.
  ///
  /// - Parameter tell: is told why it takes longer.
  init(_ place: OutputPlace, disk: Disk, tell: (String) -> Void) throws(Diagnostic) {
    self.place = place
    self.disk = disk
    var made: [String] = []
    do throws(Diagnostic) {
      let lock = try Self.take(place, disk, made: &made, tell: tell)
      do throws(Diagnostic) {
        try Recovery(place: place, disk: disk).run(tell: tell)
        staging = try Self.fault(of: place) { () throws(SystemError) in
          try StagingFolder.make(for: place, disk: disk)
        }
      } catch {
        withExtendedLifetime(lock) {}
        throw error
      }
      self.lock = Guarded(lock)
    } catch {
      for folder in made.reversed() { try? disk.removeFolder(folder) }
      throw error
    }
    self.made = made
    isNew = made.contains(place.path)
  }

  private static func take(
    _ place: OutputPlace, _ disk: Disk, made: inout [String], tell: (String) -> Void
  ) throws(Diagnostic) -> FileLock {
    var isTold = false
    while true {
      made += try fault(of: place) { () throws(SystemError) in try disk.makeFolders(place.path) }
      do throws(FileLock.Fault) {
        switch try FileLock.attempt(place.lock, disk: disk) {
        case .taken(let lock): return lock
        case .held(let owner):
          if !isTold { tell("Waiting for another build of \(place.shownAs), by \(owner).") }
          isTold = true
          usleep(50_000)
        }
      } catch {
        switch error {
        // The build that had the folder has just taken it away.
        case .system(let error) where error == .absent: continue
        case .system(let error): throw place.fault("cannot be written to", error)
        case .foreign:
          throw .error(
            "\(place.shown(OutputPlace.lockName)) is in the way of the build's lock, and no build wrote it.",
            hint: "Move it away.")
        }
      }
    }
  }

  private static func fault<Result>(
    of place: OutputPlace, _ work: () throws(SystemError) -> Result
  ) throws(Diagnostic) -> Result {
    do throws(SystemError) {
      return try work()
    } catch {
      throw place.fault("cannot be written to", error)
    }
  }

  /// Leaves the staging folder to the next build, which finds in its journal what is to be done.
  func leaveStaging() { keepsStaging.withLock { $0 = true } }

  deinit {
    if keepsStaging.withLock(\.self) { staging.leave() } else { staging.discard() }
    lock.withLock { $0 = nil }
    // Only what is empty can be removed so.
    for folder in made.reversed() { try? disk.removeFolder(folder) }
  }
}
