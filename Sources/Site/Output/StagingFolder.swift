import Files
import Foundation

/// The folder in which a build puts together what it is about to publish.
///
/// It lies beside the output where it can, so that both can change places, or else in it: where the output is a mount point,
/// only what lies in it can be renamed into it. Its name is random, it is never shared, and a lock in it tells whether its
/// build is still alive.
final class StagingFolder: Sendable {
  let path: String
  /// Whether it lies in the output.
  let isInside: Bool
  private let disk: Disk
  private let lock: FileLock?

  /// The new site, or a part of it.
  var site: String { path + "/site" }
  /// What is being done with it; there only while it is.
  var journal: String { path + "/journal" }
  /// A marker that lists what comes and what goes.
  var transition: String { path + "/transition" }
  /// A file on its way.
  var passage: String { path + "/next" }

  private init(path: String, isInside: Bool, lock: FileLock?, disk: Disk) {
    self.path = path
    self.isInside = isInside
    self.lock = lock
    self.disk = disk
  }

  // MARK: - Names

  private static func prefix(of place: OutputPlace, inside: Bool) -> String {
    inside ? ".sitegen-new-" : ".\(place.name).sitegen-"
  }

  private static func isRandom(_ text: Substring) -> Bool {
    text.utf8.count == 16 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Whether something in an output is called like a staging folder there.
  static func isName(_ name: String) -> Bool {
    name.hasPrefix(".sitegen-new-") && isRandom(name.dropFirst(".sitegen-new-".count))
  }

  // MARK: - A new one

  /// Makes a folder for a build of `place`, which exists.
  static func make(for place: OutputPlace, disk: Disk) throws(SystemError) -> StagingFolder {
    if let beside = try? make(for: place, inside: false, disk) {
      if beside.reaches(place) { return beside }
      beside.discard()
    }
    return try make(for: place, inside: true, disk)
  }

  private static func make(for place: OutputPlace, inside: Bool, _ disk: Disk) throws(SystemError) -> StagingFolder {
    let random = String(UInt64.random(in: .min ... .max), radix: 16)
    let name = prefix(of: place, inside: inside) + String(repeating: "0", count: 16 - random.count) + random
    let path = (inside ? place.path : place.parent == "/" ? "" : place.parent) + "/" + name
    try disk.makeFolder(path)
    do throws(SystemError) {
      let lock: FileLock
      do throws(FileLock.Fault) {
        guard case .taken(let taken) = try FileLock.attempt(path + "/lock", disk: disk) else {
          throw .system(SystemError(code: EBUSY))
        }
        lock = taken
      } catch {
        guard case .system(let error) = error else { throw SystemError(code: EEXIST) }
        throw error
      }
      let staging = StagingFolder(path: path, isInside: inside, lock: lock, disk: disk)
      try disk.makeFolder(staging.site)
      return staging
    } catch {
      try? disk.removeTree(path)
      throw error
    }
  }

  /// Whether files of the output can have second names here: not where it is a mount of its own.
  private func reaches(_ place: OutputPlace) -> Bool {
    do throws(SystemError) {
      try disk.link(place.lock, to: passage)
      try disk.remove(passage)
      return true
    } catch {
      return false
    }
  }

  /// Has the folder stay, for the next build of the output to deal with.
  func leave() { lock?.leaveFile() }

  /// Removes the folder with all that is in it; what cannot be removed is left to the next build.
  func discard() {
    do throws(SystemError) {
      // Without a journal, whoever finds the rest knows that nothing in it matters.
      for file in [journal, passage, transition] where try FileState(of: file) != nil { try disk.remove(file) }
      try disk.removeTree(site)
    } catch {
      return leave()
    }
    // Without a lock, nobody could know that the rest is ours.
    try? disk.remove(path + "/lock")
    try? disk.removeFolder(path)
  }

  // MARK: - Those of others

  /// What builds of `place` left behind that are no longer alive. Nothing else is ever taken for it, whatever it is called.
  static func leftovers(of place: OutputPlace, disk: Disk) -> [StagingFolder] {
    [false, true].flatMap { inside -> [StagingFolder] in
      let folder = inside ? place.path : place.parent
      let prefix = prefix(of: place, inside: inside)
      let names = ((try? PlainFiles.names(in: folder)) ?? []).sorted()
      return names.filter { $0.hasPrefix(prefix) && isRandom($0.dropFirst(prefix.count)) }.compactMap {
        name -> StagingFolder? in
        let path = folder + "/" + name
        guard let state = try? FileState(of: path), state.isFolder else { return nil }
        guard let lock = try? FileState(of: path + "/lock"), lock.isRegular else {
          // Its maker was killed before it got any further, or it is not ours: then it is not empty.
          try? disk.removeFolder(path)
          return nil
        }
        guard !FileLock.isHeld(path + "/lock") else { return nil }
        return StagingFolder(path: path, isInside: inside, lock: nil, disk: disk)
      }
    }
  }
}
