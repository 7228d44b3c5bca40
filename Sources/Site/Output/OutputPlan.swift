import Diagnostics

extension OutputFile {
  /// Who writes to a path.
  struct Owner {
    let path: String
    let origin: String
  }
}

/// Checks the paths of output files before any of the files is seen: paths that leave the output folder, paths used twice,
/// files in the place of folders.
///
/// Paths that differ in case only count as the same, since they are on some file systems.
enum OutputPlan {
  /// Folders and files of version control. They belong to the folder in which they lie, not to a site.
  static let repositoryNames: Set<String> = [".git", ".hg", ".svn"]
  /// The bytes that every file system takes for one name.
  private static let longestName = 255

  /// Whether `file` may be written as far as the files before it are concerned; where not, `faults` say why.
  static func register(
    _ file: OutputFile, in owners: inout [String: OutputFile.Owner], faults: inout DiagnosticList
  ) -> Bool {
    if let fault = fault(of: file) {
      faults.append(fault)
      return false
    }
    let owner = OutputFile.Owner(path: file.path, origin: file.origin)
    if let other = owners.updateValue(owner, forKey: file.path.lowercased()) {
      faults.append(
        .error("\(other.origin) and \(file.origin) would both be written to \(file.path).", hint: "Rename one of them.")
      )
      return false
    }
    return true
  }

  /// Finds files in the place of folders.
  static func checkFolders(_ owners: [String: OutputFile.Owner], faults: inout DiagnosticList) {
    var checked: Set<String> = []
    for file in owners.values.sorted(by: { $0.path < $1.path }) {
      var folder = RelativePath.folder(of: file.path)
      while !folder.isEmpty, checked.insert(folder).inserted {
        if let other = owners[folder.lowercased()] {
          faults.append(
            .error(
              "\(other.origin) would be written to \(other.path), which must be a folder for \(file.path).",
              hint: "Rename one of them."))
        }
        folder = RelativePath.folder(of: folder)
      }
    }
  }

  /// Finds files in the folders where the pictures of figures go.
  ///
  /// - Parameter figures: the folders, and the places of the blocks whose pictures go there.
  static func checkFigures(
    _ figures: [OutputFile.Owner], _ owners: [String: OutputFile.Owner], faults: inout DiagnosticList
  ) {
    let folders = Dictionary(figures.map { ($0.path.lowercased(), $0) }) { first, _ in first }
    for file in owners.values.sorted(by: { $0.path < $1.path }) {
      guard let figure = folders[RelativePath.folder(of: file.path).lowercased()] else { continue }
      faults.append(
        .error(
          "\(file.origin) would be written to \(file.path), where the pictures of \(figure.origin) go.",
          hint: "Move it."))
    }
  }

  /// Why no file may be called so.
  private static func fault(of file: OutputFile) -> Diagnostic? {
    // Cut at the byte, as the system cuts them: to Swift, a slash with an accent behind it is another character.
    let parts = file.path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard parts.allSatisfy({ !["", ".", ".."].contains($0) && !$0.utf8.contains(0) }) else {
      return .error("“\(file.path)” from \(file.origin) is not a path inside the output folder.")
    }
    if let first = parts.first, isReserved(first) {
      return .error(
        "\(file.origin) would be written to \(file.path), which is sitegen’s own file.", hint: "Rename it.")
    }
    if let name = parts.first(where: { repositoryNames.contains($0.lowercased()) }) {
      return .error(
        "\(file.origin) would be written to \(file.path): “\(name)” belongs to version control.",
        hint: "Do not link to it.")
    }
    if let name = parts.first(where: { $0.utf8.count > longestName }) {
      return .error(
        "\(file.origin) would be written to a file whose name has \(name.utf8.count) bytes; file systems take "
          + "\(longestName).", hint: "Give it a shorter name.")
    }
    return nil
  }

  /// Whether a name at the top of the output is kept for the program's own.
  private static func isReserved(_ name: String) -> Bool {
    let name = name.lowercased()
    return name == SiteMarker.name || OutputPlace.isScaffold(name)
  }

  /// Whether a path leads to a file in the output folder that is not the program's own.
  static func isPlain(_ path: String) -> Bool {
    fault(of: OutputFile(path: path, contents: .bytes([]), origin: "")) == nil
  }
}
