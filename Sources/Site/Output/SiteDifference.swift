import Diagnostics
import Files
import Foundation

/// How the site that is to be differs from what stands in the output folder.
struct SiteDifference: Sendable {
  /// A file of the new site.
  struct File: Sendable {
    /// The SHA-256 of its bytes, in hexadecimal digits.
    let hash: String
    /// What it was made from, for messages.
    let origin: String
    /// Whether it is in the staging folder; the others stand already.
    let isStaged: Bool
    /// Whether it is a list of other files.
    let isList: Bool
  }

  /// Files of ours that go: they still hold what we wrote, and are no part of the new site.
  private(set) var removed: [(path: String, hash: String)] = []
  /// Files of an earlier site that somebody has changed: they are no longer ours, and stay.
  private(set) var changedByHand: [String] = []
  /// Staged files in whose place there is nothing.
  private(set) var added: Set<ExactPath> = []

  private let place: OutputPlace
  private let files: [ExactPath: File]
  private let marker: SiteMarker?
  /// The folders of the new site.
  private let folders: Set<ExactPath>
  /// The folders of the output that have been looked at, and whether each is one indeed, or not there.
  private var realFolders: [ExactPath: Bool] = [:]

  /// - Parameter marker: that of the output; `nil` where it has none, and nothing in it is ours.
  /// - Throws: where a file of the new site is in the way of what no build wrote.
  init(_ files: [ExactPath: File], place: OutputPlace, marker: SiteMarker?) throws(DiagnosticList) {
    self.place = place
    self.files = files
    self.marker = marker
    folders = Set(files.keys.flatMap { RelativePath.folders(above: $0.path).map(ExactPath.init) })
    var faults = DiagnosticList()
    do throws(SystemError) {
      try findRemoved()
      try checkPlaces(&faults)
      try checkFolders(&faults)
    } catch {
      faults.append(place.fault("cannot be read", error))
    }
    try faults.throwIfErrors()
  }

  /// Whether a file in the output is ours. Without a list, everything is that the new site has.
  private func isOurs(_ path: String) -> Bool {
    guard let marker else { return false }
    return (marker.files?.keys.contains(ExactPath(path))) ?? (files[ExactPath(path)] != nil)
  }

  // MARK: - What goes

  private mutating func findRemoved() throws(SystemError) {
    let foldedPaths = Dictionary(files.keys.map { ($0.path.lowercased(), $0.path) }) { first, _ in first }
    for (key, hash) in (marker?.files ?? [:]).sorted(by: { $0.key < $1.key }) where files[key] == nil {
      let path = key.path
      guard hasRealFolders(above: path), let state = try FileState(of: place.file(path)), !state.isFolder else {
        continue
      }
      // Where the file system ignores case, it may be a file of the new site under another name.
      if let other = foldedPaths[path.lowercased()],
        try FileState(of: place.file(other))?.identity == state.identity
      {
        continue
      }
      // What somebody has changed is not what we wrote.
      if state.isRegular, try FileContents.hash(of: place.file(path)) == hash {
        removed.append((path, hash))
      } else {
        changedByHand.append(path)
      }
    }
  }

  private mutating func hasRealFolder(_ folder: String) -> Bool { hasRealFolders(above: folder + "/x") }

  /// Whether every folder above a path of the output is a folder indeed, or not there: a link may lead anywhere.
  private mutating func hasRealFolders(above path: String) -> Bool {
    RelativePath.folders(above: path).allSatisfy { folder in
      if let known = realFolders[ExactPath(folder)] { return known }
      let isReal = place.isRealFolder(folder)
      realFolders[ExactPath(folder)] = isReal
      return isReal
    }
  }

  // MARK: - What comes

  private mutating func checkPlaces(_ faults: inout DiagnosticList) throws(SystemError) {
    let going = Set(removed.map { ExactPath($0.path) })
    for (key, file) in files where file.isStaged {
      let path = key.path
      guard hasRealFolders(above: path), let state = try FileState(of: place.file(path)) else {
        added.insert(key)
        continue
      }
      if state.isFolder {
        added.insert(key)
        guard let content = try? FolderContent(of: place.file(path)) else {
          faults.append(conflict(path, file, what: place.shown(path)))
          continue
        }
        let inner = content.files.map { path + "/" + $0 }
        let emptied = Set(inner.flatMap { RelativePath.folders(above: $0).map(ExactPath.init) })
        if let other = inner.first(where: { !going.contains(ExactPath($0)) })
          ?? content.folders.map({ path + "/" + $0 }).first(where: { !emptied.contains(ExactPath($0)) })
          ?? (inner.isEmpty ? path : nil)
        {
          faults.append(conflict(path, file, what: place.shown(other)))
        }
      } else if !isOurs(path) {
        faults.append(
          .error(
            "\(file.origin) would be written to \(place.shown(path)), which no build wrote.",
            hint: "Move one of the two away."))
      }
    }
  }

  /// What lies in the place of the new site's folders.
  private mutating func checkFolders(_ faults: inout DiagnosticList) throws(SystemError) {
    let going = Set(removed.map { ExactPath($0.path) })
    var checked: Set<ExactPath> = []
    for (key, file) in files.sorted(by: { $0.key < $1.key }) {
      let path = key.path
      for folder in RelativePath.folders(above: path) where checked.insert(ExactPath(folder)).inserted {
        guard hasRealFolders(above: folder), !hasRealFolder(folder), !going.contains(ExactPath(folder)) else {
          continue
        }
        faults.append(conflict(path, file, what: place.shown(folder)))
      }
    }
  }

  private func conflict(_ path: String, _ file: File, what: String) -> Diagnostic {
    .error(
      "\(file.origin) would be written to \(place.shown(path)), but \(what) is in the way and no build wrote it.",
      hint: "Move one of the two away.")
  }

  // MARK: - Steps

  /// The steps that make the output hold the new site: at every moment each page is whole, with its pictures.
  ///
  /// Pictures come before pages and pages before lists; what goes, goes in the opposite order. The marker comes first, so
  /// that all that is placed is known to be ours.
  ///
  /// - Parameter transition: the name in the staging folder of a marker that lists what comes and what goes, if any goes.
  func steps(transition: String?) -> [PublishingStep] {
    let staged = files.filter(\.value.isStaged).map { (rank: rank($0.key, $0.value), key: $0.key) }
      .sorted { ($0.rank, $0.key) < ($1.rank, $1.key) }.map(\.key)
    func isInTheWay(_ path: String) -> Bool {
      folders.contains(ExactPath(path)) || RelativePath.folders(above: path).contains { files[ExactPath($0)] != nil }
    }
    let inTheWay = removed.filter { isInTheWay($0.path) }
    let others = removed.filter { !isInTheWay($0.path) }
      .sorted { (Self.rank(ofRemoved: $0.path), $0.path) < (Self.rank(ofRemoved: $1.path), $1.path) }
    let marker = "site/" + SiteMarker.name
    var steps: [PublishingStep] = [.place(removed.isEmpty ? marker : transition ?? marker, at: SiteMarker.name)]
    for file in inTheWay { steps.append(.remove(file.path, hash: file.hash)) }
    for key in staged {
      let source = "site/" + key.path
      steps.append(added.contains(key) ? .add(source, at: key.path) : .place(source, at: key.path))
    }
    for file in others { steps.append(.remove(file.path, hash: file.hash)) }
    if !removed.isEmpty { steps.append(.place(marker, at: SiteMarker.name)) }
    return steps
  }

  private func rank(_ key: ExactPath, _ file: File) -> Int { file.isList ? 2 : Self.isPage(key.path) ? 1 : 0 }

  private static func rank(ofRemoved path: String) -> Int { isPage(path) ? 0 : 1 }

  private static func isPage(_ path: String) -> Bool { path.hasSuffix(".html") }
}

extension OutputPlace {
  /// Whether a path of the output is a folder, and no link to one, or not there.
  func isRealFolder(_ path: String) -> Bool {
    do throws(SystemError) {
      return try FileState(of: file(path))?.isFolder ?? true
    } catch {
      return false
    }
  }
}
