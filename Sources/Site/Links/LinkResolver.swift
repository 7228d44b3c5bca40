import Diagnostics
import Files
import Foundation

/// Finds what the links and images of Markdown lead to.
struct LinkResolver: Sendable {
  /// The content folder.
  private(set) var folder: ContentFolder
  /// The site's pages by their path in the content folder.
  private let pages: [String: LinkedPage]
  /// Output paths of pages, by what stands for them in whatever language, and by language.
  private let translations: [String: [String: String]]
  /// The paths of pages that this build leaves out because they are drafts.
  let drafts: Set<String>
  /// The names of the pages of each folder.
  private let pageNames: [String: Suggestion.Candidates]

  init(folder: ContentFolder, pages: [LinkedPage], drafts: Set<String>) {
    self.folder = folder
    self.pages = Dictionary(pages.map { ($0.source, $0) }) { first, _ in first }
    self.drafts = drafts
    translations = Dictionary(grouping: pages, by: \.subject).mapValues { pages in
      Dictionary(pages.map { ($0.language, $0.output) }) { first, _ in first }
    }
    pageNames = Dictionary(grouping: self.pages.keys.sorted(), by: RelativePath.folder).mapValues {
      Suggestion.Candidates($0.map(RelativePath.name))
    }
  }

  /// The same resolver, of which it shall be known where it has looked for files.
  func noting(_ looks: FolderLooks) -> LinkResolver {
    var resolver = self
    resolver.folder = folder.noting(looks)
    return resolver
  }

  /// Stands for the pages that links can lead to.
  var fingerprint: Fingerprint {
    Fingerprint { account in
      for (path, page) in pages.sorted(by: { ExactPath($0.key) < ExactPath($1.key) }) {
        account.add(path)
        account.add(page.output)
        account.add(page.subject)
        account.add(page.language)
      }
    }
  }

  /// What `link`, written in the Markdown file at `path`, leads to.
  ///
  /// - Parameter language: that of the text with the link. A page leads to what is in its own language, unless it asks for another
  ///   one: `x.en.md`.
  /// - Throws: a diagnostic at `location` when it leads nowhere, or where it must not.
  func resolve(
    _ link: String, in path: String, language: String, isImage: Bool, at location: SourceLocation
  ) throws(Diagnostic) -> LinkTarget {
    try WebAddress.check(link, isImage: isImage, at: location)
    // Ids of headings are spelled so, and browsers compare bytes.
    if link.hasPrefix("#") { return .address(link.precomposedStringWithCanonicalMapping) }
    guard !link.isEmpty, !link.hasPrefix("?"), !link.hasPrefix("//"),
      WebAddress.scheme(of: link) == nil
    else { return .address(link) }
    let end = link.firstIndex { $0 == "#" || $0 == "?" } ?? link.endIndex
    let suffix = String(link[end...]).precomposedStringWithCanonicalMapping
    let encoded = String(link[..<end])
    let written = encoded.utf8.contains(UInt8(ascii: "%")) ? encoded.removingPercentEncoding ?? encoded : encoded
    let directory = RelativePath.folder(of: path)
    if !isImage, MarkdownName.stem(of: written) != nil {
      return .page(try page(written, in: directory, language, at: location), suffix: suffix)
    }
    let bases = (written.hasPrefix("/") ? ["", "static"] : [directory, "images", "static"]).uniqued()
    let relative = String(written.drop { $0 == "/" })
    for base in bases {
      guard let path = RelativePath.resolve(relative, in: base), let file = try folder.regularFile(path, at: location)
      else { continue }
      return .file(file, output: Self.output(of: path), suffix: suffix)
    }
    let searched = bases.filter(folder.hasFolder).map(folder.shown).joined(separator: " or ")
    throw .error(
      "There is no \(isImage ? "image" : "file") “\(written)” in \(searched).", at: location,
      hint: folder.nearest(to: RelativePath.name(of: written), in: bases))
  }

  private func page(
    _ written: String, in directory: String, _ language: String, at location: SourceLocation
  ) throws(Diagnostic) -> String {
    guard let path = RelativePath.resolve(written, in: directory) else {
      throw .error("The page “\(written)” lies outside of \(folder.name).", at: location)
    }
    if let page = pages[path] {
      return page.isMarked ? page.output : translations[page.subject]?[language] ?? page.output
    }
    if let output = translation(at: path, language) { return output }
    if drafts.contains(path) {
      throw .error(
        "The page “\(written)” is a draft.", at: location, hint: "Remove its `draft: true`, or build with --drafts.")
    }
    // A page that exists and could not be read has faults of its own, which are enough.
    if folder.hasFile(path), Self.isPage(path) { return path }
    let names = pageNames[RelativePath.folder(of: path)]
    throw .error(
      "There is no page “\(written)” in \(folder.shown(RelativePath.folder(of: path))).", at: location,
      hint: names.flatMap { folder.hint(for: RelativePath.name(of: path), in: $0) })
  }

  /// The page that is called otherwise than a link says, for its language: `x.md` where one asks for `x.en.md` and the site is in
  /// English, `x.ko.md` where a Korean page asks for `x.md` and there is none.
  private func translation(at path: String, _ language: String) -> String? {
    let subject = MarkdownName.withoutExtension(path)
    if let output = translations[subject]?[language] { return output }
    guard let dot = subject.lastIndex(of: "."), case let tag = String(subject[subject.index(after: dot)...]),
      LanguageTag.isPlain(tag)
    else { return nil }
    return translations[String(subject[..<dot])]?[LanguageTag.canonical(tag)]
  }

  /// Whether a Markdown file at `path` is one that the site reads.
  private static func isPage(_ path: String) -> Bool {
    let folder = RelativePath.folder(of: path)
    return folder.isEmpty && path.hasPrefix("index.") || ["experiments", "models", "pages"].contains(folder)
  }

  /// Static files lose their folder's name in the site; all others keep their path.
  private static func output(of path: String) -> String {
    path.hasPrefix("static/") ? String(path.dropFirst("static/".count)) : path
  }
}
