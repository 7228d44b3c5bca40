import Diagnostics
import Files
import Foundation

/// A content or templates folder on disk: finds files by the paths that people write, and never outside of it.
final class ContentFolder: Sendable {
  /// The folder.
  let url: URL
  /// The folder as the user wrote it, for messages.
  let name: String
  private let folder: ConfinedFolder
  /// What has been listed, for hints that many faults ask for.
  private let listings: Guarded<[ExactPath: FolderListing]>
  /// How many names have been compared for hints.
  private let comparisons: Guarded<Int>
  private static let mostComparisons = 2_000_000
  private let candidates: Guarded<[[String]: Suggestion.Candidates]>
  /// Receives what is looked at.
  private let looks: FolderLooks?

  /// - Parameter followedLinks: folders outside that links may lead into.
  init(url: URL, name: String, followedLinks: [String] = []) {
    self.url = url
    self.name = name
    folder = ConfinedFolder(url.path, following: followedLinks)
    listings = Guarded([:])
    comparisons = Guarded(0)
    candidates = Guarded([:])
    looks = nil
  }

  private init(_ other: ContentFolder, noting looks: FolderLooks) {
    url = other.url
    name = other.name
    folder = other.folder
    listings = other.listings
    comparisons = other.comparisons
    candidates = other.candidates
    self.looks = looks
  }

  /// The same folder for a reader of which it shall be known where it has looked for files.
  func noting(_ looks: FolderLooks) -> ContentFolder { ContentFolder(self, noting: looks) }

  /// What lies at `path`.
  func look(at path: String) -> ConfinedFolder.Presence {
    let presence = folder.look(at: path)
    looks?.note(presence, at: path)
    return presence
  }

  /// The file or folder at `path`, as the user knows it.
  func shown(_ path: String) -> String { path.isEmpty ? name : PathText.join(name, path) }

  /// The file at `path` from the content folder.
  func file(_ path: String) -> ContentFile {
    // Told that it is no folder, Foundation does not look.
    ContentFile(path: path, url: path.isEmpty ? url : url.appendingPathComponent(path, isDirectory: false))
  }

  /// Whether there is something at `path` that is no folder.
  func hasFile(_ path: String) -> Bool {
    switch look(at: path) {
    case .nothing, .folder: false
    case .file, .other, .outside, .unknown: true
    }
  }

  /// Whether there is a folder at `path`.
  func hasFolder(_ path: String) -> Bool { look(at: path) == .folder }

  /// The file at `path`, where it is a regular one in the folder.
  ///
  /// - Returns: `nil` where nothing is there, or a folder.
  /// - Throws: a diagnostic at `location`, or at the file itself, that says why it may not be read.
  func regularFile(_ path: String, at location: SourceLocation? = nil) throws(Diagnostic) -> ContentFile? {
    let place = location ?? SourceLocation(file: shown(path))
    switch look(at: path) {
    case .nothing, .folder: return nil
    case .file: return file(path)
    case .other:
      throw .error("“\(shown(path))” is not a regular file.", at: place, hint: "Put a file there, or remove it.")
    case .outside(let target): throw Self.outside(shown(path), target, name, at: place)
    case .unknown(let error): throw .error("“\(shown(path))” cannot be read: \(error).", at: place)
    }
  }

  /// The text of the file at `path`.
  func source(_ path: String) throws(Diagnostic) -> SourceFile {
    let place = SourceLocation(file: shown(path))
    guard let file = try regularFile(path) else { throw .error("This is not a regular file.", at: place) }
    return try SourceFile.read(file.url, name: place.file)
  }

  /// The text of a file that another one names.
  func source(of file: ContentFile) throws(Diagnostic) -> SourceFile {
    // Before it is read: if it is changed meanwhile, it will have another stamp.
    let stamp = FileStamp(of: file.url.path)
    let source = try SourceFile.read(file.url, name: shown(file.path))
    looks?.note(text: source.text, at: file.path, stamp: stamp)
    return source
  }

  /// The names of what lies in the folder at `path`, sorted; none where nothing is there.
  ///
  /// - Throws: a diagnostic at the folder where it cannot be listed: what cannot be seen may not vanish from the site.
  func names(in path: String) throws(Diagnostic) -> [String] {
    let names = try listing(of: path)?.names ?? []
    looks?.note(names: names, in: path)
    return names
  }

  /// The names of folders, links not counted, in the folder at `path`.
  func folders(in path: String) throws(Diagnostic) -> [String] { try listing(of: path)?.folders ?? [] }

  private func listing(of path: String) throws(Diagnostic) -> FolderListing? {
    if let known = listings.withLock({ $0[ExactPath(path)] }) { return known }
    let place = SourceLocation(file: shown(path))
    switch folder.look(at: path) {
    case .nothing: return nil
    case .outside(let target): throw Self.outside(shown(path), target, name, at: place)
    case .folder, .file, .other, .unknown: break
    }
    do throws(FolderListing.Fault) {
      let listing = try folder.listing(of: path)
      listings.withLock { $0[ExactPath(path)] = listing }
      return listing
    } catch {
      switch error {
      case .system(let reason): throw FolderFault(path: place.file, reason: reason).diagnostic
      case .notUTF8: throw .error("The folder cannot be read: \(error).", at: place, hint: "Rename it.")
      }
    }
  }

  /// The paths of all files below `path`, sorted; links to folders are followed.
  ///
  /// - Parameter isLeftOut: tells the paths of files and folders that do not count.
  func paths(
    below path: String, leavingOut isLeftOut: (_ path: String) -> Bool, faults: inout DiagnosticList
  ) -> [String] {
    var above: [String] = []
    return paths(below: path, above: &above, isLeftOut, &faults)
  }

  private func paths(
    below path: String, above: inout [String], _ isLeftOut: (String) -> Bool, _ faults: inout DiagnosticList
  ) -> [String] {
    let real = folder.realPath(of: path)
    if let real, above.contains(real) {
      let place = SourceLocation(file: shown(path))
      faults.append(.error("This link leads to a folder that it lies in.", at: place, hint: "Remove it."))
      return []
    }
    if let real { above.append(real) }
    defer { if real != nil { above.removeLast() } }
    let names = faults.attempt { () throws(Diagnostic) in try self.names(in: path) } ?? []
    var found: [String] = []
    for inner in names.map({ PathText.join(path, $0) }) where !isLeftOut(inner) {
      if hasFolder(inner) {
        found += paths(below: inner, above: &above, isLeftOut, &faults)
      } else if let file = faults.attempt({ () throws(Diagnostic) in try regularFile(inner) }) {
        if file != nil {
          found.append(inner)
        } else {
          let place = SourceLocation(file: shown(inner))
          faults.append(.error("This link leads nowhere.", at: place, hint: "Remove it."))
        }
      }
    }
    return found
  }

  /// The file that `path` means in one of `folders`, tried in order; a path that begins with `/` starts at the
  /// content folder.
  ///
  /// - Throws: a diagnostic that names the folders searched and the nearest file there.
  func find(_ path: Located<String>, in folders: [String], as what: String) throws(Diagnostic) -> ContentFile {
    let folders = path.value.hasPrefix("/") ? [""] : folders
    var candidates: [String] = []
    for folder in folders {
      guard let candidate = RelativePath.resolve(path.value, in: folder) else { continue }
      if let file = try regularFile(candidate, at: path.location) { return file }
      candidates.append(candidate)
    }
    guard !candidates.isEmpty else {
      throw .error(
        "The \(what) “\(path.value)” lies outside of \(name).", at: path.location,
        hint: "Copy the file into \(name).")
    }
    let searched = candidates.map { shown(RelativePath.folder(of: $0)) }.uniqued()
    throw .error(
      "There is no \(what) “\(path.value)” in \(searched.joined(separator: " or ")).", at: path.location,
      hint: nearest(to: RelativePath.name(of: path.value), in: candidates.map(RelativePath.folder)))
  }

  /// “Did you mean …?” for a file in one of `folders`. A folder that cannot be listed is no help, and no fault here.
  func nearest(to name: String, in folders: [String]) -> String? {
    let known = candidates.withLock { $0[folders] }
    let neighbours = known ?? Suggestion.Candidates(folders.flatMap { (try? names(in: $0)) ?? [] })
    if known == nil { candidates.withLock { $0[folders] = neighbours } }
    return hint(for: name, in: neighbours)
  }

  /// “Did you mean …?” as long as comparing has not taken long: thousands of faults at once have one cause, and no help in
  /// thousands of hints.
  func hint(for name: String, in candidates: Suggestion.Candidates) -> String? {
    let count = comparisons.withLock { count in
      count += candidates.count
      return count
    }
    guard count <= Self.mostComparisons else { return nil }
    return candidates.nearest(to: name).map { "Did you mean “\($0)”?" }
  }

  // MARK: - Faults

  private static func outside(
    _ path: String, _ target: String, _ name: String, at place: SourceLocation
  ) -> Diagnostic {
    .error(
      "“\(path)” leads out of \(name), to \(target).", at: place,
      hint: "Copy it into \(name), or allow its folder with `--follow-links \(PathText.folder(of: target))`.")
  }
}
