public import Diagnostics
import Files
import Foundation
import Hashing

/// A site that is being written, file by file.
///
/// Files may be added from several threads at once. Nothing is seen of them before `commit`.
public final class SiteUpdate: Sendable {
  /// What an update did.
  public struct Summary: Equatable, Sendable {
    /// Files that are new or have other contents.
    public var written = 0
    /// Files that stayed as they were.
    public var unchanged = 0
    /// Files that are no longer part of the site.
    public var removed = 0
    /// What the user should know of.
    public var warnings: [Diagnostic] = []
  }

  /// A file of the new site.
  private struct File {
    let version: String
    let hash: String
    let origin: String
    let isList: Bool
    let isStaged: Bool
  }

  private struct State {
    var owners: [String: OutputFile.Owner] = [:]
    /// Faults of the list of files.
    var faults = DiagnosticList()
    var failures = WriteFailures()
    var folders: Set<ExactPath> = []
    var files: [ExactPath: File] = [:]
  }

  private let claim: OutputClaim
  private let isAtomic: Bool
  private let recordFile: URL?
  /// What the last build knew of the output folder.
  private let old: FileRecord
  /// What the output folder says itself.
  private let marker: SiteMarker?
  private let state = Guarded(State())

  private var place: OutputPlace { claim.place }

  init(_ claim: OutputClaim, record: URL?, isAtomic: Bool) throws(Diagnostic) {
    self.claim = claim
    self.isAtomic = isAtomic
    recordFile = record
    old = record.map(FileRecord.init(contentsOf:)) ?? FileRecord()
    do throws(SystemError) {
      marker = try SiteMarker(in: claim.place.path)
    } catch {
      throw claim.place.fault("cannot be read", error)
    }
  }

  /// Whether the site has `file` already, as the last build wrote it.
  public func holds(_ file: OutputFile) -> Bool {
    guard let known = old[file.path], known.version == file.contents.version else { return false }
    return (try? FileState(of: place.file(file.path)))?.stamp == known.stamp
  }

  /// Adds a file. A fault is kept until `commit`.
  public func add(_ file: OutputFile) {
    let isFirst = state.withLock { state in
      OutputPlan.register(file, in: &state.owners, faults: &state.faults)
    }
    if isFirst { put(file) }
  }

  private func put(_ file: OutputFile) {
    do throws(SystemError) {
      let version = file.contents.version
      let standing = try standingHash(file, version: version)
      // A disk that is full is full for all files.
      if standing == nil, state.withLock({ $0.failures.isFinal }) { return state.withLock { $0.failures.skip() } }
      let hash =
        if let standing { standing } else { try file.contents.write(to: stagingPath(for: file.path), claim.disk) }
      state.withLock { state in
        state.files[ExactPath(file.path)] = File(
          version: version, hash: hash, origin: file.origin, isList: file.isList, isStaged: standing == nil)
      }
    } catch {
      state.withLock { $0.failures.append(error, path: place.shown(file.path)) }
    }
  }

  /// Makes the output folder hold the files added, and what no build wrote.
  ///
  /// - Throws: every fault of the list of files, or else those of the file system; the old site stands then.
  public func commit() throws(DiagnosticList) -> Summary {
    let files = try checkedFiles()
    let difference = try SiteDifference(
      files.mapValues { file in
        SiteDifference.File(hash: file.hash, origin: file.origin, isStaged: file.isStaged, isList: file.isList)
      }, place: place, marker: marker)
    let staged = files.filter(\.value.isStaged).map(\.key.path)
    let new = SiteMarker(files: files.mapValues(\.hash))
    var summary = Summary(written: staged.count, unchanged: files.count - staged.count)
    summary.removed = difference.removed.count
    do throws(Diagnostic) {
      summary.warnings = try warnings(files, difference)
      // The list may be the same where files were lost or changed by hand.
      if marker?.files != new.files || !staged.isEmpty {
        let going = difference.removed.map { (ExactPath($0.path), $0.hash) }
        try SitePublisher(
          claim: claim, difference: difference, unchanged: files.filter { !$0.value.isStaged }.map(\.key.path),
          staged: staged, marker: new,
          transition: SiteMarker(files: files.mapValues(\.hash).merging(going) { new, _ in new }), isAtomic: isAtomic
        ).run()
      }
    } catch {
      throw DiagnosticList([error])
    }
    save(files)
    return summary
  }

  // MARK: - Files

  /// The hash of a file that stands at its place with the same contents; `nil` where it has to be written.
  private func standingHash(_ file: OutputFile, version: String) throws(SystemError) -> String? {
    let path = place.file(file.path)
    guard let state = try? FileState(of: path), let stamp = state.stamp else { return nil }
    if let known = old[file.path], known.stamp == stamp {
      guard known.version == version else { return nil }
      if case .bytes = file.contents { return version }
      if let hash = marker?.files?[ExactPath(file.path)] { return hash }
      return try FileContents.hash(of: path)
    }
    return try file.contents.hash(ifIn: path, size: stamp.size)
  }

  /// The path of a file in the staging folder, whose folder exists then.
  private func stagingPath(for path: String) throws(SystemError) -> String {
    let folder = RelativePath.folder(of: path)
    let site = claim.staging.site
    if !folder.isEmpty, state.withLock({ !$0.folders.contains(ExactPath(folder)) }) {
      try claim.disk.makeFolders(site + "/" + folder)
      state.withLock { _ = $0.folders.insert(ExactPath(folder)) }
    }
    return site + "/" + path
  }

  // MARK: - The end

  private func checkedFiles() throws(DiagnosticList) -> [ExactPath: File] {
    let (faults, failures, files) = state.withLock { state in
      OutputPlan.checkFolders(state.owners, faults: &state.faults)
      return (state.faults, state.failures, state.files)
    }
    try faults.throwIfErrors()
    try DiagnosticList(failures.diagnostics).throwIfErrors()
    return files
  }

  private func warnings(_ files: [ExactPath: File], _ difference: SiteDifference) throws(Diagnostic) -> [Diagnostic] {
    var warnings = difference.changedByHand.map { path in
      Diagnostic.warning(
        "\(place.shown(path)) is no longer part of the site, but it was changed by hand, and stays.",
        hint: "Delete it if you do not need it.")
    }
    if let marker, marker.files == nil {
      let content: FolderContent
      do throws(FolderFault) {
        content = try FolderContent(of: place.path) { $0 == ".git" || OutputPlace.isScaffold($0) }
      } catch {
        throw error.diagnostic
      }
      let others = content.files.filter { files[ExactPath($0)] == nil && $0 != SiteMarker.name && $0 != ".gitkeep" }
        .sorted()
      if !others.isEmpty {
        warnings.append(
          .warning(
            "The output folder “\(place.shownAs)” does not say which files in it are sitegen’s. These are not part of the "
              + "site and stay: \(others.prefix(8).joined(separator: ", "))"
              + (others.count > 8 ? " and \(others.count - 8) more." : "."),
            hint: "Delete those that you do not need."))
      }
    }
    return warnings
  }

  /// Remembers the files as they stand now: giving them other names has changed their stamps.
  ///
  /// A record that cannot be written costs time in the next build and nothing else.
  private func save(_ files: [ExactPath: File]) {
    guard let recordFile else { return }
    let paths = Array(files.keys)
    let stamps = Parallel.map(paths) { [place] path in (try? FileState(of: place.file(path.path)))?.stamp }
    var record = FileRecord()
    for (path, stamp) in zip(paths, stamps) {
      if let file = files[path], let stamp {
        record.entries[path] = FileRecord.Entry(version: file.version, stamp: stamp)
      }
    }
    guard record != old else { return }
    try? FileManager.default.createDirectory(
      at: recordFile.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(record.bytes).write(to: recordFile, options: .atomic)
  }
}
