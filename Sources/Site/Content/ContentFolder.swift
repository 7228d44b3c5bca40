import Diagnostics
import Foundation

/// The content folder on disk: finds files by the paths that people write, and never outside of it.
struct ContentFolder: Sendable {
  /// The folder.
  let url: URL
  /// The folder as the user wrote it, for messages.
  let name: String
  /// The folder's path.
  private let root: String

  init(url: URL, name: String) {
    self.url = url
    self.name = name
    root = url.path
  }

  /// The file or folder at `path`, as the user knows it.
  func shown(_ path: String) -> String { path.isEmpty ? name : (name as NSString).appendingPathComponent(path) }

  /// The file at `url` inside of the folder, as the user knows it.
  func shown(at url: URL) -> String {
    let (file, top) = (url.standardizedFileURL.path, self.url.standardizedFileURL.path)
    return file.hasPrefix(top + "/") ? shown(String(file.dropFirst(top.count + 1))) : file
  }

  /// The file at `path` from the content folder.
  func file(_ path: String) -> ContentFile {
    // Told that it is no folder, Foundation does not look.
    ContentFile(path: path, url: path.isEmpty ? url : url.appendingPathComponent(path, isDirectory: false))
  }

  /// Whether there is a regular file at `path`.
  func hasFile(_ path: String) -> Bool {
    mode(path).map { $0 != S_IFDIR } ?? false
  }

  /// Whether there is a folder at `path`.
  func hasFolder(_ path: String) -> Bool {
    mode(path) == S_IFDIR
  }

  /// What lies at `path`, a link's target included; `nil` where nothing does.
  private func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path.isEmpty ? root : root + "/" + path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// The names of what lies in the folder at `path`, sorted; none if there is no such folder.
  func names(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: file(path).url.path)) ?? []).sorted()
  }

  /// The paths of all files below `path`, sorted; links to folders are not followed.
  func paths(below path: String) -> [String] {
    names(in: path).flatMap { name -> [String] in
      let inner = path.isEmpty ? name : path + "/" + name
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: file(inner).url.path)) != nil
      if hasFolder(inner) { return isLink ? [] : paths(below: inner) }
      return [inner]
    }
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
      if hasFile(candidate) { return file(candidate) }
      candidates.append(candidate)
    }
    guard !candidates.isEmpty else {
      throw .error(
        "The \(what) “\(path.value)” lies outside of \(name).", at: path.location,
        hint: "Copy the file into \(name).")
    }
    let searched = candidates.map { shown(RelativePath.folder(of: $0)) }.uniqued()
    let neighbours = candidates.flatMap { names(in: RelativePath.folder(of: $0)) }.uniqued()
    throw .error(
      "There is no \(what) “\(path.value)” in \(searched.joined(separator: " or ")).", at: path.location,
      hint: Suggestion.nearest(to: RelativePath.name(of: path.value), in: neighbours).map { "Did you mean “\($0)”?" })
  }
}

extension Sequence where Element: Hashable {
  /// The elements without repetition, in order of first appearance.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
