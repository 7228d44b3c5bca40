import Diagnostics

/// Checks a list of output files before any of them is written.
enum OutputPlan {
  /// The faults of `files`: paths that leave the output folder, paths used twice, files in the place of folders.
  ///
  /// Paths that differ in case only count as the same, since they are on some file systems.
  static func check(_ files: [OutputFile]) -> DiagnosticList {
    var faults = DiagnosticList()
    var owners: [String: OutputFile] = [:]
    for file in files {
      guard isPlain(file.path) else {
        faults.append(.error("“\(file.path)” from \(file.origin) is not a path inside the output folder."))
        continue
      }
      if let other = owners.updateValue(file, forKey: file.path.lowercased()) {
        faults.append(
          .error(
            "\(other.origin) and \(file.origin) would both be written to \(file.path).", hint: "Rename one of them."))
      }
    }
    for file in files {
      var folder = RelativePath.folder(of: file.path)
      while !folder.isEmpty {
        if let other = owners[folder.lowercased()] {
          faults.append(
            .error(
              "\(other.origin) would be written to \(other.path), which must be a folder for \(file.path).",
              hint: "Rename one of them."))
        }
        folder = RelativePath.folder(of: folder)
      }
    }
    return faults
  }

  private static func isPlain(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { !["", ".", ".."].contains($0) && !$0.utf8.contains(0) }
      && path != SiteWriter.markerName
  }
}
