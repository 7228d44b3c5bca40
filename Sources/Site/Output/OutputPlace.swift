import Diagnostics
import Files
import Foundation

/// The output folder and the folders beside it that a build needs for a while.
struct OutputPlace: Sendable {
  let url: URL
  /// The folder as the user wrote it, for messages.
  let shownAs: String

  /// What stays in the output folder from one build to the next.
  static let keptNames = [".git", ".gitkeep"]

  private let written: String

  init(_ folder: String, shownAs: String) {
    url = URL(fileURLWithPath: PhysicalPath(folder).path, isDirectory: true)
    self.shownAs = shownAs
    written = folder
  }

  var path: String { url.path }

  /// The paths of the site's files, without what stays; none where there is no site.
  var standingPaths: [String] {
    get throws(FolderFault) {
      guard FileManager.default.fileExists(atPath: path) else { return [] }
      return try PlainFiles.paths(below: path).filter { path in
        !Self.keptNames.contains { path == $0 || path.hasPrefix($0 + "/") }
      }
    }
  }

  /// A hidden folder of this process beside the output, on the same file system.
  var staging: String { sibling("staging") }

  private func sibling(_ purpose: String) -> String {
    url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).\(purpose)-\(getpid())").path
  }

  /// Refuses to replace what is not ours, before anything is created.
  func check(_ placement: Placement) throws(Diagnostic) {
    try placement.check(written, shownAs: shownAs, role: "output folder", option: "--output")
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return }
    guard isDirectory.boolValue else {
      throw .error("The output “\(shownAs)” is a file, not a folder.", hint: "Name another with --output.")
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw .error("Cannot read \(shownAs): \(systemReason(error)).")
    }
    guard SiteMarker.stands(in: path) || names.allSatisfy(Self.keptNames.contains) else {
      throw .error(
        "The output folder “\(shownAs)” holds files that sitegen did not write.",
        hint: "Empty it, or name another with --output.")
    }
  }

  /// Puts `staging` in the output's place, in one step where the system can do that, and removes what stood there.
  func replace(with staging: String) throws(Diagnostic) {
    guard FileManager.default.fileExists(atPath: path) else {
      return try attempt { () throws(SystemError) in try move(staging, to: path) }
    }
    try attempt { () throws(SystemError) in
      if try PlainFiles.exchange(staging, path) {
        do throws(SystemError) {
          try moveKept(from: staging, to: path)
        } catch {
          _ = try? PlainFiles.exchange(staging, path)
          throw error
        }
        try? FileManager.default.removeItem(atPath: staging)
      } else {
        try replaceInTwoSteps(with: staging)
      }
    }
  }

  private func replaceInTwoSteps(with staging: String) throws(SystemError) {
    let old = sibling("old")
    try move(path, to: old)
    do throws(SystemError) {
      try moveKept(from: old, to: staging)
      try move(staging, to: path)
    } catch {
      try? moveKept(from: staging, to: old)
      try? move(old, to: path)
      throw error
    }
    try? FileManager.default.removeItem(atPath: old)
  }

  private func attempt(_ work: () throws(SystemError) -> Void) throws(Diagnostic) {
    do throws(SystemError) {
      try work()
    } catch {
      throw .error(
        "The output folder “\(shownAs)” cannot be replaced: \(error).", hint: "The site that stood there is as it was.")
    }
  }

  private func move(_ source: String, to target: String) throws(SystemError) {
    guard rename(source, target) == 0 else { throw .last }
  }

  /// Moves what stays; after a failure everything is where it was.
  private func moveKept(from old: String, to new: String) throws(SystemError) {
    var moved: [String] = []
    for name in Self.keptNames where FileManager.default.fileExists(atPath: old + "/" + name) {
      do throws(SystemError) {
        try move(old + "/" + name, to: new + "/" + name)
        moved.append(name)
      } catch {
        for name in moved { try? move(new + "/" + name, to: old + "/" + name) }
        throw error
      }
    }
  }

  /// Removes what builds left behind that were killed halfway; what stays in the output is taken back first.
  func removeLeftovers() {
    let parent = url.deletingLastPathComponent().path
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
      for purpose in ["staging", "old"] {
        let prefix = ".\(url.lastPathComponent).\(purpose)-"
        guard name.hasPrefix(prefix), let process = Int32(name.dropFirst(prefix.count)), process > 0,
          kill(process, 0) != 0, errno == ESRCH
        else { continue }
        let leftover = parent + "/" + name
        for kept in Self.keptNames where !FileManager.default.fileExists(atPath: path + "/" + kept) {
          try? move(leftover + "/" + kept, to: path + "/" + kept)
        }
        // A second repository is nobody's to throw away.
        guard !FileManager.default.fileExists(atPath: leftover + "/.git") else { continue }
        try? FileManager.default.removeItem(atPath: leftover)
      }
    }
  }
}
