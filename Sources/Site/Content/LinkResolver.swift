import Diagnostics
import Foundation

/// Finds what the links and images of Markdown lead to.
struct LinkResolver: Sendable {
  /// What a link leads to.
  enum Target: Hashable, Sendable {
    /// An address that is passed on as it stands.
    case address(String)
    /// A page of the site by its output path; what follows the path (`#heading`) is kept.
    case page(String, suffix: String)
    /// A file of the content folder, written to `output` in the site.
    case file(ContentFile, output: String, suffix: String)
  }

  /// The content folder.
  let folder: ContentFolder
  /// Output paths of the site's pages by their path in the content folder.
  let pages: [String: String]
  /// The paths of pages that this build leaves out because they are drafts.
  let drafts: Set<String>

  /// What `link`, written in the Markdown file at `path`, leads to.
  ///
  /// - Throws: a diagnostic at `location` when it leads nowhere.
  func resolve(_ link: String, in path: String, isImage: Bool, at location: SourceLocation) throws(Diagnostic) -> Target
  {
    guard !link.isEmpty, !link.hasPrefix("#"), !link.hasPrefix("?"), !link.hasPrefix("//"), !Self.hasScheme(link)
    else { return .address(link) }
    let end = link.firstIndex { $0 == "#" || $0 == "?" } ?? link.endIndex
    let suffix = String(link[end...])
    let written = String(link[..<end]).removingPercentEncoding ?? String(link[..<end])
    let directory = RelativePath.folder(of: path)
    if !isImage, written.lowercased().hasSuffix(".md") {
      return .page(try page(written, in: directory, at: location), suffix: suffix)
    }
    let bases = (written.hasPrefix("/") ? ["", "static"] : [directory, "images", "static"]).uniqued()
    let relative = String(written.drop { $0 == "/" })
    for base in bases {
      guard let path = RelativePath.resolve(relative, in: base), folder.hasFile(path) else { continue }
      return .file(folder.file(path), output: Self.output(of: path), suffix: suffix)
    }
    let searched = bases.filter(folder.hasFolder).map(folder.shown).joined(separator: " or ")
    let near = Suggestion.nearest(to: RelativePath.name(of: written), in: bases.flatMap(folder.names))
    throw .error(
      "There is no \(isImage ? "image" : "file") “\(written)” in \(searched).", at: location,
      hint: near.map { "Did you mean “\($0)”?" })
  }

  private func page(_ written: String, in directory: String, at location: SourceLocation) throws(Diagnostic) -> String {
    guard let path = RelativePath.resolve(written, in: directory) else {
      throw .error("The page “\(written)” lies outside of \(folder.name).", at: location)
    }
    if let output = pages[path] { return output }
    if drafts.contains(path) {
      throw .error(
        "The page “\(written)” is a draft.", at: location, hint: "Remove its `draft: true`, or build with --drafts.")
    }
    // A page that exists and could not be read has faults of its own, which are enough.
    if folder.hasFile(path), Self.isPage(path) { return path }
    let names = pages.keys.filter { RelativePath.folder(of: $0) == RelativePath.folder(of: path) }.sorted()
    throw .error(
      "There is no page “\(written)” in \(folder.shown(RelativePath.folder(of: path))).", at: location,
      hint: Suggestion.nearest(to: RelativePath.name(of: path), in: names.map(RelativePath.name))
        .map { "Did you mean “\($0)”?" })
  }

  /// Whether a Markdown file at `path` is one that the site reads.
  private static func isPage(_ path: String) -> Bool {
    path == "index.md" || ["experiments", "models", "pages"].contains(RelativePath.folder(of: path))
  }

  /// Static files lose their folder's name in the site; all others keep their path.
  private static func output(of path: String) -> String {
    path.hasPrefix("static/") ? String(path.dropFirst("static/".count)) : path
  }

  /// Whether `link` begins with a scheme such as `https:` or `mailto:`.
  static func hasScheme(_ link: String) -> Bool {
    guard let colon = link.firstIndex(of: ":"), let first = link.first, first.isASCIILetter else { return false }
    return link[..<colon].allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+-.".contains($0) }
  }
}
