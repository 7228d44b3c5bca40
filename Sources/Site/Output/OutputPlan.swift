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
  /// Whether `file` may be written as far as the files before it are concerned; where not, `faults` say why.
  static func register(
    _ file: OutputFile, in owners: inout [String: OutputFile.Owner], faults: inout DiagnosticList
  ) -> Bool {
    guard isPlain(file.path) else {
      faults.append(.error("“\(file.path)” from \(file.origin) is not a path inside the output folder."))
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

  private static func isPlain(_ path: String) -> Bool {
    // Cut at the byte, as the system cuts them: to Swift, a slash with an accent behind it is another character.
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !["", ".", ".."].contains { part.elementsEqual($0.utf8) } && !part.contains(0)
    }
      && path != SiteMarker.name
  }
}
