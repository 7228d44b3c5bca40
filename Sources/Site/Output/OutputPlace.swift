import Diagnostics
import Files
import Foundation

/// The output folder: where it lies, and what may be found in it and beside it.
struct OutputPlace: Sendable {
  /// The folder, with every link resolved.
  let path: String
  /// The folder as the user wrote it, for messages.
  let shownAs: String
  private let written: String

  /// What may lie in a folder that no build has written to yet.
  private static let keptNames = [".git", ".gitkeep"]
  /// The lock of the build that writes the folder.
  static let lockName = ".sitegen-lock"

  init(_ folder: String, shownAs: String) {
    path = PhysicalPath(folder).path
    self.shownAs = shownAs
    written = folder
  }

  /// The folder that the output lies in.
  var parent: String { (path as NSString).deletingLastPathComponent }
  /// The output's own name.
  var name: String { (path as NSString).lastPathComponent }
  /// The lock of the build that writes the folder.
  var lock: String { path + "/" + Self.lockName }

  /// A file of the output.
  func file(_ path: String) -> String { self.path + "/" + path }

  /// A file of the output, for messages.
  func shown(_ path: String) -> String { shownAs.hasSuffix("/") ? shownAs + path : shownAs + "/" + path }

  /// Whether the thing at a path of the output is neither the site's nor the user's, but that of a build at work.
  static func isScaffold(_ path: String) -> Bool {
    path == lockName || StagingFolder.isName(path)
  }

  /// Refuses to write to what is not ours, before anything is created.
  func check(_ placement: Placement) throws(Diagnostic) {
    try placement.check(written, shownAs: shownAs, role: "output folder", option: "--output")
    let state: FileState?
    var names: [String] = []
    let isMarked: Bool
    do throws(SystemError) {
      state = try FileState(of: path)
      if state?.isFolder == true { names = try PlainFiles.names(in: path) }
      isMarked = try SiteMarker(in: path) != nil
    } catch {
      throw fault("cannot be read", error)
    }
    guard state?.isFolder != false else {
      throw .error("The output “\(shownAs)” is a file, not a folder.", hint: "Name another with --output.")
    }
    if isMarked { return }
    guard names.allSatisfy({ Self.keptNames.contains($0) || Self.isScaffold($0) }) else {
      throw .error(
        "The output folder “\(shownAs)” holds files that sitegen did not write.",
        hint: "Empty it, or name another with --output.")
    }
  }

  /// A fault of the folder as a whole: `The output folder “public” cannot be written to: Permission denied.`
  func fault(_ what: String, _ error: SystemError, hint: String? = nil) -> Diagnostic {
    .error("The output folder “\(shownAs)” \(what): \(error).", hint: hint)
  }
}
