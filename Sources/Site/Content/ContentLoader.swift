public import Diagnostics
import Files
public import Foundation
public import Vocabulary

extension SiteContent {
  /// Reads and checks a content folder.
  ///
  /// Pages and explain blocks with faults are left out of the result, so that a caller can go on and look for faults of
  /// its own before it stops.
  ///
  /// - Parameters:
  ///   - url: the folder.
  ///   - shownAs: the folder as the user wrote it, for messages.
  ///   - methods: what content may name.
  ///   - includingDrafts: whether pages with `draft: true` are part of the site.
  ///   - followedLinks: folders outside that links in the content may lead into.
  ///   - reservedIDs: ids that the templates put on pages, see `TemplateLibrary.ids`.
  ///   - diagnostics: receives all faults of all files.
  /// - Returns: what could be read, or `nil` when there is no such folder.
  public static func load(
    from url: URL, shownAs: String, methods: MethodNames, includingDrafts: Bool = false,
    followedLinks: [String] = [], reservedIDs: Set<String> = ["main"], diagnostics: inout DiagnosticList
  ) -> SiteContent? {
    let folder = ContentFolder(url: url, name: shownAs, followedLinks: followedLinks)
    guard folder.hasFolder("") else {
      diagnostics.append(.error("There is no content folder “\(shownAs)”.", hint: "Name it with --content."))
      return nil
    }
    var loader = ContentLoader(
      folder: folder, methods: methods, includingDrafts: includingDrafts, reservedIDs: reservedIDs,
      diagnostics: diagnostics)
    let content = loader.load()
    diagnostics = loader.diagnostics
    return content
  }
}

/// Reads the folders of a content folder one after the other.
struct ContentLoader {
  private let folder: ContentFolder
  private let includingDrafts: Bool
  private let reservedIDs: Set<String>
  private(set) var diagnostics: DiagnosticList
  /// The paths of the model cards by their names.
  private let modelFiles: [(name: String, path: String)]
  private let names: KnownNames
  private let configuration: SiteConfiguration
  private var cards: [String: ModelCard] = [:]
  /// The paths of the pages that are left out as drafts.
  private var drafts: Set<String> = []

  init(
    folder: ContentFolder, methods: MethodNames, includingDrafts: Bool, reservedIDs: Set<String>,
    diagnostics: DiagnosticList
  ) {
    self.folder = folder
    self.includingDrafts = includingDrafts
    self.reservedIDs = reservedIDs
    self.diagnostics = diagnostics
    modelFiles = Self.markdownFiles(in: "models", of: folder, &self.diagnostics)
    names = KnownNames(models: modelFiles.map(\.name), methods: methods)
    configuration = SiteConfiguration(from: folder, names: names, diagnostics: &self.diagnostics)
  }

  mutating func load() -> SiteContent {
    let modelPages = modelFiles.compactMap { readModel($0.path) }
    for page in modelPages { cards[page.reader.slug] = page.card }
    let models = modelPages.compactMap { draft -> Model? in
      guard let page = finish(draft.reader), let card = draft.card else { return nil }
      return Model(card: card, page: page)
    }
    let experiments = readPages(in: "experiments", kind: .experiment)
    let pages = readPages(in: "pages", kind: .page)
    let home = readHome()
    diagnostics.append(contentsOf: UnreadFiles(folder: folder).warnings)
    var content = SiteContent(
      configuration: configuration, home: home, experiments: experiments.sorted(by: Self.latestFirst), pages: pages,
      models: models, staticFiles: staticFiles(), folder: folder)
    checkAddresses(of: content)
    let outputs = content.allPages.map { ($0.sourcePath, $0.outputPath) }
    let resolver = LinkResolver(folder: folder, pages: Dictionary(outputs) { first, _ in first }, drafts: drafts)
    diagnostics.append(contentsOf: content.followLinks(resolver).all)
    checkMenu(of: content)
    return content
  }

  private typealias Model = SiteContent.Model

  // MARK: - Folders

  /// The Markdown files of a folder with their names without extension, sorted by name.
  private static func markdownFiles(
    in path: String, of folder: ContentFolder, _ faults: inout DiagnosticList
  ) -> [(name: String, path: String)] {
    let names = faults.attempt { () throws(Diagnostic) in try folder.names(in: path) } ?? []
    return names.compactMap { name in
      MarkdownName.stem(of: name).map { (name: $0, path: PathText.join(path, name)) }
    }.sorted { ExactPath($0.name) < ExactPath($1.name) }
  }

  private mutating func readPages(in path: String, kind: Page.Kind) -> [Page] {
    let files = Self.markdownFiles(in: path, of: folder, &diagnostics)
    let loader = self
    let found = Parallel.map(files) { file in loader.readPage(file.path, in: path, kind: kind) }
    return found.compactMap { page, draft, faults in
      diagnostics.append(contentsOf: faults.all)
      if let draft { drafts.insert(draft) }
      return page
    }
  }

  /// A page and its faults, or the path of a draft that is left out.
  private func readPage(_ path: String, in directory: String, kind: Page.Kind) -> (Page?, String?, DiagnosticList) {
    var faults = DiagnosticList()
    guard var reader = PageReader(path: path, kind: kind, folder: folder, diagnostics: &faults) else {
      return (nil, nil, faults)
    }
    reader.readPageKeys(SettingsContext(folder: folder, directory: directory, names: names))
    guard includingDrafts || !reader.isDraft else { return (nil, path, faults) }
    return (reader.page(surroundings, diagnostics: &faults), nil, faults)
  }

  private mutating func readHome() -> Page {
    // That the folder cannot be listed has been told where it was listed first.
    let names = diagnostics.attempt { () throws(Diagnostic) in try folder.names(in: "") } ?? []
    let files = names.filter { MarkdownName.stem(of: $0) == "index" }
    for file in files.dropFirst() {
      diagnostics.append(
        .error(
          "This file and \(folder.shown(files[0])) would both be index.html.",
          at: SourceLocation(file: folder.shown(file)), hint: "Remove one of them."))
    }
    if let path = files.first {
      var reader = PageReader(path: path, kind: .home, folder: folder, diagnostics: &diagnostics)
      reader?.readPageKeys(SettingsContext(folder: folder, directory: "", names: self.names))
      if let page = reader.flatMap({ finish($0) }) { return page }
    }
    let name = folder.shown("index.md")
    return Page(
      kind: .home, sourcePath: "index.md", location: SourceLocation(file: name), slug: "index",
      title: configuration.title, tags: [], isDraft: false, allowsRawHTML: false, figures: [],
      outputPath: "index.html",
      body: PageBody(MarkdownTree(nodes: []), allowsRawHTML: false, reservedIDs: reservedIDs))
  }

  private mutating func readModel(_ path: String) -> (reader: PageReader, card: ModelCard?)? {
    guard var reader = PageReader(path: path, kind: .model, folder: folder, diagnostics: &diagnostics) else {
      return nil
    }
    let context = SettingsContext(folder: folder, directory: "models", names: names)
    let card = reader.readModelKeys(context)
    return (reader, card)
  }

  private mutating func checkMenu(of content: SiteContent) {
    let (all, listed) = (content.pages.count, content.menuPages.count)
    guard configuration.navigation == nil, listed < all else { return }
    diagnostics.append(
      .warning(
        "The menu lists the first \(listed) of \(all) pages.", at: SourceLocation(file: folder.shown("pages")),
        hint: "Name those that readers need under `navigation:` in site.yml."))
  }

  private mutating func staticFiles() -> [ContentFile] {
    var repositories: [String] = []
    let paths = folder.paths(
      below: "static",
      leavingOut: { path in
        let name = PathText.name(of: path)
        if OutputPlan.repositoryNames.contains(name) { repositories.append(path) }
        return [".DS_Store", ".gitkeep"].contains(name) || OutputPlan.repositoryNames.contains(name)
      }, faults: &diagnostics)
    for path in repositories {
      diagnostics.append(
        .warning("This is not published: it belongs to version control.", at: SourceLocation(file: folder.shown(path))))
    }
    return paths.map { ContentFile(path: String($0.dropFirst("static/".count)), url: folder.file($0).url) }
  }

  // MARK: - Pages

  private var surroundings: PageReader.Surroundings {
    PageReader.Surroundings(
      configuration: configuration, cards: cards, names: names, reservedIDs: reservedIDs)
  }

  /// The page that `reader` has read. A draft that is left out is not checked any further.
  private mutating func finish(_ reader: PageReader) -> Page? {
    guard includingDrafts || !reader.isDraft else {
      drafts.insert(reader.path)
      return nil
    }
    return reader.page(surroundings, diagnostics: &diagnostics)
  }

  /// Latest first; pages without a date last; the same day by slug.
  private static func latestFirst(_ a: Page, _ b: Page) -> Bool {
    switch (a.date, b.date) {
    case (let x?, let y?) where x != y: x > y
    case (_?, nil): true
    case (nil, _?): false
    default: a.slug < b.slug
    }
  }

  /// Two pages at one address are a fault, on file systems that ignore case too.
  private mutating func checkAddresses(of content: SiteContent) {
    var first: [String: Page] = [:]
    for page in content.allPages {
      if let other = first[page.outputPath.lowercased()] {
        diagnostics.append(
          .error(
            "This page and \(other.location.file) would both be \(page.outputPath).", at: page.location,
            hint: "Give one of them another `slug`."))
      } else {
        first[page.outputPath.lowercased()] = page
      }
    }
  }
}
