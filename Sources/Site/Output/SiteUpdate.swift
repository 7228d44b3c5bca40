public import Diagnostics
import Files
import Foundation
import Synchronization

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
  }

  private struct State {
    var owners: [String: OutputFile.Owner] = [:]
    /// Faults of the list of files.
    var faults = DiagnosticList()
    /// Faults of the file system.
    var failures = DiagnosticList()
    var folders: Set<ExactPath> = []
    var record = FileRecord()
    var unchanged: [String] = []
    var written = 0
    var hasStaging = false
  }

  private let place: OutputPlace
  private let recordFile: URL?
  /// What stands in the output folder.
  private let old: FileRecord
  private let state = Mutex(State())

  init(place: OutputPlace, record: URL?) {
    self.place = place
    recordFile = record
    old = record.map(FileRecord.init(contentsOf:)) ?? FileRecord()
  }

  deinit {
    if state.withLock(\.hasStaging) { try? FileManager.default.removeItem(atPath: place.staging) }
  }

  /// Whether the site has `file` already, as the last build wrote it.
  public func holds(_ file: OutputFile) -> Bool {
    guard let known = old[file.path], known.version == file.contents.version else { return false }
    return FileStamp(of: place.path + "/" + file.path) == known.stamp
  }

  /// Adds a file. A fault is kept until `commit`.
  public func add(_ file: OutputFile) {
    let isFirst = state.withLock { state in
      OutputPlan.register(file, in: &state.owners, faults: &state.faults)
    }
    if isFirst { put(file) }
  }

  private func put(_ file: OutputFile) {
    do {
      let version = file.contents.version
      if let stamp = standing(file, version: version) {
        state.withLock { state in
          state.unchanged.append(file.path)
          state.record[file.path] = FileRecord.Entry(version: version, stamp: stamp)
        }
      } else {
        let target = try stagingFolder(for: file.path)
        let stamp = try file.contents.withBytes { bytes throws(SystemError) in
          try PlainFiles.write(bytes, to: target)
        }
        state.withLock { state in
          state.written += 1
          state.record[file.path] = FileRecord.Entry(version: version, stamp: stamp)
        }
      }
    } catch {
      report(error, file.path)
    }
  }

  /// Makes the output folder hold exactly the files added.
  ///
  /// - Throws: every fault of the list of files, or else those of the file system; the old site stands then.
  public func commit() throws(DiagnosticList) -> Summary {
    let (summary, record, unchanged) = try finish()
    do throws(Diagnostic) {
      if summary.written > 0 || summary.removed > 0 || !FileManager.default.fileExists(atPath: place.path) {
        let record = try fill(unchanged: unchanged, record)
        try place.replace(with: place.staging)
        state.withLock { $0.hasStaging = false }
        save(record)
      } else if record != old {
        save(record)
      }
    } catch {
      throw DiagnosticList([error])
    }
    place.removeLeftovers()
    return summary
  }

  // MARK: - Files

  /// The stamp of the file that stands at its place with the same contents; `nil` where it has to be written.
  private func standing(_ file: OutputFile, version: String) -> FileStamp? {
    let path = place.path + "/" + file.path
    guard let stamp = FileStamp(of: path) else { return nil }
    if let known = old[file.path], known.stamp == stamp { return known.version == version ? stamp : nil }
    let isEqual = try? file.contents.withBytes { new in
      guard new.count == stamp.size, let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return false }
      return data.withUnsafeBytes { new.elementsEqual($0) }
    }
    return isEqual == true ? stamp : nil
  }

  /// The path of a file in the staging folder, whose folder exists then.
  private func stagingFolder(for path: String) throws(Diagnostic) -> String {
    let folder = RelativePath.folder(of: path)
    let isKnown = state.withLock { state in
      let isKnown = state.folders.contains(ExactPath(folder))
      state.hasStaging = true
      return isKnown
    }
    if !isKnown {
      do throws(SystemError) {
        try PlainFiles.makeFolder(place.staging)
      } catch {
        throw .error("Cannot create \(place.shownAs): \(error).")
      }
      do throws(SystemError) {
        if !folder.isEmpty { try PlainFiles.makeFolder(place.staging + "/" + folder) }
      } catch {
        throw .error("Cannot write \(place.shownAs)/\(path): \(error).")
      }
      state.withLock { _ = $0.folders.insert(ExactPath(folder)) }
    }
    return place.staging + "/" + path
  }

  private func report(_ error: any Error, _ path: String) {
    let fault =
      switch error {
      case let fault as Diagnostic: fault
      case let error as SystemError: Diagnostic.error("Cannot write \(place.shownAs)/\(path): \(error).")
      default: Diagnostic.error("Cannot write \(place.shownAs)/\(path): \(systemReason(error)).")
      }
    state.withLock { $0.failures.append(fault) }
  }

  // MARK: - The end

  private func finish() throws(DiagnosticList) -> (Summary, FileRecord, unchanged: [String]) {
    let faults = state.withLock { state in
      OutputPlan.checkFolders(state.owners, faults: &state.faults)
      return state.faults
    }
    try faults.throwIfErrors()
    put(
      OutputFile(
        path: SiteMarker.name,
        text: SiteMarker.text, origin: "sitegen"
      ))
    try state.withLock(\.failures).throwIfErrors()
    let standing: [String]
    do throws(FolderFault) {
      standing = try place.standingPaths
    } catch {
      throw DiagnosticList([error.diagnostic])
    }
    return state.withLock { state in
      var summary = Summary(written: state.written, unchanged: state.unchanged.count)
      summary.removed = standing.count { state.record[$0] == nil }
      return (summary, state.record, state.unchanged)
    }
  }

  /// Puts the files that have not changed beside those that have.
  private func fill(unchanged: [String], _ record: FileRecord) throws(Diagnostic) -> FileRecord {
    var record = record
    for path in unchanged {
      let target = try stagingFolder(for: path)
      do {
        if let copy = try PlainFiles.link(place.path + "/" + path, to: target), let entry = record[path] {
          record[path] = FileRecord.Entry(version: entry.version, stamp: copy)
        }
      } catch {
        throw .error(
          "Cannot write \(place.shownAs)/\(path): \((error as? SystemError)?.description ?? systemReason(error)).")
      }
    }
    return record
  }

  /// A record that cannot be written costs time in the next build and nothing else.
  private func save(_ record: FileRecord) {
    guard let recordFile else { return }
    try? FileManager.default.createDirectory(
      at: recordFile.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(record.bytes).write(to: recordFile, options: .atomic)
  }
}
