import Diagnostics
import Files

/// Finds Markdown that no folder of the site takes in, so that no page is left out without a word.
struct UnreadFiles {
  let folder: ContentFolder

  /// The folders whose Markdown files are pages.
  private static let pageFolders = ["experiments", "models", "pages"]
  /// The folders whose Markdown is none of the site's: what belongs to networks or is copied as it is.
  private static let otherFolders = ["images", "models", "static"]

  /// A warning for each such file, or for the folder that has them.
  var warnings: [Diagnostic] {
    let names = names(in: "")
    let files = names.filter { Self.isPage($0) && PageName(of: $0, in: folder).name != "index" }
    let folders = folders(in: "").filter { !Self.otherFolders.contains($0) }
    return files.map { warning($0, "\(folder.shown("pages")) or \(folder.shown("experiments"))") }
      + folders.flatMap { name in
        Self.pageFolders.contains(name)
          ? nested(in: name).map { warning($0, folder.shown(name)) }
          : nested(in: name, andHere: true).prefix(1).map { first in
            warning(first, "\(folder.shown("pages")) or \(folder.shown("experiments"))")
          }
      }
  }

  private func warning(_ path: String, _ target: String) -> Diagnostic {
    .warning(
      "This file is not read.", at: SourceLocation(file: folder.shown(path)), hint: "Move it to \(target).")
  }

  /// The pages in the folders of a folder, and in itself where it is none of the site's own.
  private func nested(in path: String, andHere: Bool = false) -> [String] {
    let here = andHere ? names(in: path).filter(Self.isPage).map { PathText.join(path, $0) } : []
    return here + folders(in: path).flatMap { nested(in: PathText.join(path, $0), andHere: true) }
  }

  /// What cannot be listed is told where its pages would be read.
  private func names(in path: String) -> [String] { (try? folder.names(in: path)) ?? [] }

  private func folders(in path: String) -> [String] {
    ((try? folder.folders(in: path)) ?? []).filter { !$0.hasPrefix(".") }
  }

  /// A file that says what a folder is for is no page.
  private static func isPage(_ name: String) -> Bool {
    MarkdownName.stem(of: name).map { !["readme", "license", "changelog"].contains($0.lowercased()) } ?? false
  }
}
