import Diagnostics
import Files
import Foundation

/// Makes the output folder hold what has been put together: in one step where that is possible, else file by file.
struct SitePublisher {
  /// How many files of others a new site is given names of: beyond that, the folder is not exchanged. Something at work
  /// in them, as in a repository, would find itself in another folder for a moment.
  private static let mostForeignFiles = 256

  let claim: OutputClaim
  let difference: SiteDifference
  /// The files that stand already.
  let unchanged: [String]
  /// The files in the staging folder.
  let staged: [String]
  /// What the marker lists after, and while, the site is published.
  let marker: SiteMarker
  let transition: SiteMarker
  /// Whether the folder is exchanged or nothing is done.
  let isAtomic: Bool

  private var place: OutputPlace { claim.place }
  private var staging: StagingFolder { claim.staging }
  private var disk: Disk { claim.disk }

  /// Publishes.
  ///
  /// - Throws: where that is not possible; the old site stands then, or the next build ends what this one began.
  func run() throws(Diagnostic) {
    do throws(SystemError) {
      try disk.write(marker.bytes, to: staging.site + "/" + SiteMarker.name)
      try disk.flush(
        staged.map { staging.site + "/" + $0 } + [staging.site + "/" + SiteMarker.name], besides: staging.path)
    } catch {
      throw place.fault("cannot be written to", error)
    }
    if let obstacle = try exchange() {
      guard !isAtomic else {
        throw .error(
          "The output folder “\(place.shownAs)” cannot be replaced in one step: \(obstacle).",
          hint: "Build without --atomic: files are replaced one by one then.")
      }
      try renameFiles()
    }
  }

  // MARK: - In one step

  /// Has the staging folder and the output change places.
  ///
  /// The output then comes to hold the new site too, unseen, and they change places again: so the folder stays the one it is,
  /// with its owner, its rights and its attributes, for programs that have it open and for mounts that show it elsewhere.
  ///
  /// - Returns: why that is not possible, if it is not; nothing has been done then.
  private func exchange() throws(Diagnostic) -> String? {
    if staging.isInside { return "it is a mount point, or the folder around it cannot be written to" }
    do throws(SystemError) {
      if let obstacle = try completeSite() { return obstacle }
      try disk.write(Journal.exchange.bytes, to: staging.journal, flushes: true)
      do throws(SystemError) {
        try disk.exchange(staging.site, place.path)
      } catch {
        try disk.remove(staging.journal)
        return error.description
      }
    } catch {
      throw place.fault("cannot be replaced", error)
    }
    // From here on a whole new site stands, whatever happens.
    if !claim.isNew, (try? bringUpToDate()) != nil { _ = try? disk.exchange(staging.site, place.path) }
    do throws(SystemError) {
      try Retirement(of: staging.site, place: place, disk: disk).run()
    } catch {
      claim.leaveStaging()
      throw place.fault(
        "holds the new site, but what it replaces cannot be taken away", error,
        hint: "It lies in \(staging.site). The next build tries again.")
    }
    return nil
  }

  /// Adds to the staging folder what the output has and keeps.
  ///
  /// - Returns: why that is not possible, if it is not.
  private func completeSite() throws(SystemError) -> String? {
    let content: FolderContent
    do throws(FolderFault) {
      content = try FolderContent(of: place.path, skipping: OutputPlace.isScaffold)
    } catch {
      return error.diagnostic.description
    }
    let going = Set(difference.removed.map { ExactPath($0.path) })
    let coming = Set(staged.map(ExactPath.init))
    let kept = content.files.filter {
      !going.contains(ExactPath($0)) && !coming.contains(ExactPath($0)) && $0 != SiteMarker.name
    }
    if content.hasUnreadableNames { return "it holds names that are no UTF-8" }
    guard isAtomic || kept.count - unchanged.count <= Self.mostForeignFiles else {
      return "it holds many files that no build wrote"
    }
    guard try disk.makeAlike(staging.site, as: place.path) else {
      return "a folder with its owner, rights and attributes cannot be made"
    }
    do throws(SystemError) {
      let foldersOfOurs = Self.folders(above: unchanged + staged)
      let foldersGoing = Self.folders(above: difference.removed.map(\.path))
      let foldersOfKept = Self.folders(above: kept)
      for folder in content.folders
      where !foldersGoing.contains(ExactPath(folder)) || foldersOfKept.contains(ExactPath(folder)) {
        let copy = staging.site + "/" + folder
        if try FileState(of: copy) == nil { try disk.makeFolders(copy) }
        if !foldersOfOurs.contains(ExactPath(folder)), try !disk.makeAlike(copy, as: place.file(folder)) {
          return "a folder with the owner, rights and attributes of \(place.shown(folder)) cannot be made"
        }
      }
      for path in kept + [OutputPlace.lockName] { try disk.link(place.file(path), to: staging.site + "/" + path) }
    } catch {
      guard error.forbidsLinks else { throw error }
      return error.description
    }
    return nil
  }

  private static func folders(above paths: [String]) -> Set<ExactPath> {
    Set(paths.flatMap { RelativePath.folders(above: $0).map(ExactPath.init) })
  }

  /// Makes the old folder, which nobody sees at the moment, hold the new site.
  private func bringUpToDate() throws(SystemError) {
    // The marker of the old site comes last, as long as it is needed to know what is ours.
    let steps = difference.steps(transition: nil).compactMap { step -> PublishingStep? in
      switch step {
      case .place(_, at: SiteMarker.name): nil
      case .place(_, let path): .place(path, at: path)
      case .add(_, let path): .add(path, at: path)
      case .remove: step
      }
    }
    var publishing = Publishing(target: staging.site, source: place.path, disk: disk)
    publishing.passage = staging.passage
    try publishing.run(steps + [.place(SiteMarker.name, at: SiteMarker.name)])
  }

  // MARK: - File by file

  private func renameFiles() throws(Diagnostic) {
    let steps = difference.steps(transition: "transition")
    do throws(SystemError) {
      if !difference.removed.isEmpty {
        try disk.write(transition.bytes, to: staging.transition, flushes: true)
      }
      try disk.write(Journal.steps(steps).bytes, to: staging.journal, flushes: true)
    } catch {
      throw place.fault("cannot be written to", error)
    }
    let publishing = Publishing(target: place.path, source: staging.path, disk: disk)
    var isBegun = false
    do throws(SystemError) {
      for step in steps {
        try publishing.run(step)
        isBegun = true
      }
    } catch {
      guard isBegun else { throw place.fault("cannot be written to", error) }
      claim.leaveStaging()
      throw place.fault(
        "holds a part of the new site only", error, hint: "Every page is whole. The next build completes the site.")
    }
  }
}
