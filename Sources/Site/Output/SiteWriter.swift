public import Diagnostics
public import Foundation

/// Writes a site in one step: all files go to a folder beside the output, which then takes the output's place.
///
/// Until that last step the old site stands untouched, and a failure leaves it whole. The output folder carries a
/// marker file; a folder with other contents and without the marker is never replaced.
public struct SiteWriter: Sendable {
  /// The file that marks a folder as written by this program.
  public static let markerName = ".sitegen"

  /// What stays in the output folder from one build to the next.
  private static let keptNames = [".git", ".gitkeep"]

  private let output: URL
  private let shownAs: String

  /// Creates a writer for the folder at `output`, which need not exist and may be a link to a folder.
  ///
  /// - Parameter shownAs: the folder as the user wrote it, for messages.
  public init(output: URL, shownAs: String) {
    self.output = output.standardizedFileURL.resolvingSymlinksInPath()
    self.shownAs = shownAs
  }

  /// Makes the output folder hold exactly `files`.
  ///
  /// - Throws: every fault of the list of files, or the first fault of the file system.
  public func write(_ files: [OutputFile]) throws(DiagnosticList) {
    try OutputPlan.check(files).throwIfErrors()
    do throws(Diagnostic) {
      try checkOutput()
      let staging = sibling("staging", process: getpid())
      do throws(Diagnostic) {
        try fill(staging, with: files)
        try swap(with: staging)
      } catch {
        try? FileManager.default.removeItem(at: staging)
        throw error
      }
      removeLeftovers()
    } catch {
      throw DiagnosticList([error])
    }
  }

  // MARK: - Checks

  private func checkOutput() throws(Diagnostic) {
    guard output.path != "/" else { throw .error("The output folder cannot be the root of the file system.") }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: output.path, isDirectory: &isDirectory) else { return }
    guard isDirectory.boolValue else {
      throw .error("The output “\(shownAs)” is a file, not a folder.", hint: "Name another with --output.")
    }
    let names = try attempt("read \(shownAs)") { try FileManager.default.contentsOfDirectory(atPath: output.path) }
    guard names.contains(Self.markerName) || names.allSatisfy(Self.keptNames.contains) else {
      throw .error(
        "The output folder “\(shownAs)” holds files that sitegen did not write.",
        hint: "Empty it, or name another with --output.")
    }
  }

  // MARK: - Writing

  private func fill(_ staging: URL, with files: [OutputFile]) throws(Diagnostic) {
    let manager = FileManager.default
    try attempt("create \(shownAs)") {
      try manager.createDirectory(at: staging, withIntermediateDirectories: true)
    }
    var folders: Set<String> = [""]
    for file in files {
      let folder = RelativePath.folder(of: file.path)
      try attempt("write \(shownAs)/\(file.path)") {
        if folders.insert(folder).inserted {
          try manager.createDirectory(at: staging.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        try Data(file.contents).write(to: staging.appendingPathComponent(file.path))
      }
    }
    let marker = "This folder is written by sitegen. Every build replaces it; do not edit it by hand.\n"
    try attempt("write \(shownAs)/\(Self.markerName)") {
      try Data(marker.utf8).write(to: staging.appendingPathComponent(Self.markerName))
    }
  }

  private func swap(with staging: URL) throws(Diagnostic) {
    guard FileManager.default.fileExists(atPath: output.path) else { return try move(staging, to: output) }
    let old = sibling("old", process: getpid())
    try move(output, to: old)
    var kept: [String] = []
    do throws(Diagnostic) {
      for name in Self.keptNames where FileManager.default.fileExists(atPath: old.appendingPathComponent(name).path) {
        try move(old.appendingPathComponent(name), to: staging.appendingPathComponent(name))
        kept.append(name)
      }
      try move(staging, to: output)
    } catch {
      for name in kept { try? move(staging.appendingPathComponent(name), to: old.appendingPathComponent(name)) }
      try? move(old, to: output)
      throw error
    }
    try? FileManager.default.removeItem(at: old)
  }

  // MARK: - Helpers

  private func move(_ source: URL, to target: URL) throws(Diagnostic) {
    guard rename(source.path, target.path) == 0 else {
      throw .error(
        "The output folder “\(shownAs)” cannot be replaced: \(String(cString: strerror(errno))).",
        hint: "The site that stood there is as it was.")
    }
  }

  private func attempt<T>(_ action: String, _ work: () throws -> T) throws(Diagnostic) -> T {
    do {
      return try work()
    } catch {
      throw .error("Cannot \(action): \(systemReason(error)).")
    }
  }

  /// A hidden folder beside the output, on the same file system.
  private func sibling(_ purpose: String, process: Int32) -> URL {
    output.deletingLastPathComponent()
      .appendingPathComponent(".\(output.lastPathComponent).\(purpose)-\(process)")
  }

  /// Removes what runs left behind that were killed halfway.
  private func removeLeftovers() {
    let parent = output.deletingLastPathComponent()
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? [] {
      for purpose in ["staging", "old"] {
        let prefix = ".\(output.lastPathComponent).\(purpose)-"
        guard name.hasPrefix(prefix), let process = Int32(name.dropFirst(prefix.count)), process > 0 else { continue }
        if kill(process, 0) != 0, errno == ESRCH {
          try? FileManager.default.removeItem(at: parent.appendingPathComponent(name))
        }
      }
    }
  }
}
