import Files

/// The names of Markdown files: `NAME.md` or `NAME.markdown`, in any case.
public enum MarkdownName {
  /// What they end in.
  static let extensions = ["md", "markdown"]

  /// The name of the file at `path` without its extension; `nil` for a hidden file and for one that is no Markdown.
  public static func stem(of path: String) -> String? {
    let name = PathText.name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex, !name.hasPrefix("."),
      extensions.contains(name[name.index(after: dot)...].lowercased())
    else { return nil }
    return String(name[..<dot])
  }

  /// `path` without the extension of Markdown, or as it is.
  public static func withoutExtension(_ path: String) -> String {
    stem(of: path).map { PathText.join(PathText.folder(of: path), $0) } ?? path
  }
}
