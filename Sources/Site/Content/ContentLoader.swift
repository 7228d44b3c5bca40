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
    var memory = ContentMemory()
    return load(
      from: url, shownAs: shownAs, methods: methods, includingDrafts: includingDrafts, followedLinks: followedLinks,
      reservedIDs: reservedIDs, memory: &memory, diagnostics: &diagnostics)
  }

  /// Reads and checks a content folder, and of its Markdown files only those that say something else than last time.
  ///
  /// - Parameter memory: what was found last time, under the same options; receives what is found now.
  public static func load(
    from url: URL, shownAs: String, methods: MethodNames, includingDrafts: Bool, followedLinks: [String],
    reservedIDs: Set<String>, memory: inout ContentMemory, diagnostics: inout DiagnosticList
  ) -> SiteContent? {
    let folder = ContentFolder(url: url, name: shownAs, followedLinks: followedLinks)
    guard folder.hasFolder("") else {
      diagnostics.append(.error("There is no content folder “\(shownAs)”.", hint: "Name it with --content."))
      return nil
    }
    var loader = ContentLoader(
      folder: folder, methods: methods, includingDrafts: includingDrafts, reservedIDs: reservedIDs, memory: memory,
      diagnostics: diagnostics)
    let content = loader.load()
    diagnostics = loader.diagnostics
    memory = loader.memory
    return content
  }
}

/// Reads the folders of a content folder one after the other.
struct ContentLoader {
  let folder: ContentFolder
  let includingDrafts: Bool
  let reservedIDs: Set<String>
  private(set) var diagnostics: DiagnosticList
  /// What was found last time, and in the end what has been found now.
  private(set) var memory: ContentMemory
  /// The paths of the model cards by their names.
  private let modelFiles: [(name: String, path: String)]
  let names: KnownNames
  /// Stands for the names, and for that of the folder in messages.
  let namesFingerprint: Fingerprint
  let configuration: SiteConfiguration
  private let strings: SiteStrings
  private let start = Date().timeIntervalSince1970
  /// The files that have no errors.
  private var found: [ExactPath: ContentMemory.File] = [:]
  private var read: [String] = []
  /// The paths of the pages that are left out as drafts.
  private var drafts: Set<String> = []

  init(
    folder: ContentFolder, methods: MethodNames, includingDrafts: Bool, reservedIDs: Set<String>,
    memory: ContentMemory, diagnostics: DiagnosticList
  ) {
    self.folder = folder
    self.includingDrafts = includingDrafts
    self.reservedIDs = reservedIDs
    self.memory = memory
    self.diagnostics = diagnostics
    modelFiles = Self.markdownFiles(in: "models", of: folder, &self.diagnostics)
    names = KnownNames(models: modelFiles.map(\.name), methods: methods)
    namesFingerprint = Fingerprint(of: [folder.name] + names.models + methods.all.map(\.id))
    configuration = SiteConfiguration(from: folder, names: names, diagnostics: &self.diagnostics)
    strings = SiteStrings(from: folder, for: [configuration.language], methods.all, &self.diagnostics)
  }

  mutating func load() -> SiteContent {
    let cards = modelFiles.map { card(at: $0.path) }
    let surroundings = surroundings(cards)
    let models = cards.compactMap { file -> Model? in
      let reading = take(page(of: file, surroundings))
      guard let card = reading.card, let page = reading.page else { return nil }
      return Model(card: card, page: page)
    }
    let experiments = readPages(in: "experiments", kind: .experiment, surroundings)
    let pages = readPages(in: "pages", kind: .page, surroundings)
    let home = readHome(surroundings)
    diagnostics.append(contentsOf: UnreadFiles(folder: folder).warnings)
    var content = SiteContent(
      configuration: configuration, home: home, experiments: Self.latestFirst(experiments), pages: pages,
      models: models, staticFiles: staticFiles(), folder: folder)
    content.strings = strings
    checkAddresses(of: content)
    let outputs = content.allPages.map { ($0.sourcePath, $0.outputPath) }
    let resolver = LinkResolver(folder: folder, pages: Dictionary(outputs) { first, _ in first }, drafts: drafts)
    diagnostics.append(contentsOf: content.followLinks(resolver, &memory).all)
    checkMenu(of: content)
    diagnostics.append(contentsOf: content.tagsOfTwoSpellings)
    memory.keep(found, read: read, names: namesFingerprint, surroundings: surroundings.fingerprint, since: start)
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

  private mutating func readPages(
    in path: String, kind: Page.Kind, _ surroundings: PageReader.Surroundings
  ) -> [Page] {
    let files = Self.markdownFiles(in: path, of: folder, &diagnostics)
    let loader = self
    let readings = Parallel.map(files) { file in loader.page(at: file.path, kind: kind, surroundings) }
    return readings.compactMap { take($0).page }
  }

  private mutating func readHome(_ surroundings: PageReader.Surroundings) -> Page {
    // That the folder cannot be listed has been told where it was listed first.
    let names = diagnostics.attempt { () throws(Diagnostic) in try folder.names(in: "") } ?? []
    let files = names.filter { MarkdownName.stem(of: $0) == "index" }
    for file in files.dropFirst() {
      diagnostics.append(
        .error(
          "This file and \(folder.shown(files[0])) would both be index.html.",
          at: SourceLocation(file: folder.shown(file)), hint: "Remove one of them."))
    }
    if let path = files.first, let page = take(page(at: path, kind: .home, surroundings)).page { return page }
    let name = folder.shown("index.md")
    return Page(
      kind: .home, sourcePath: "index.md", location: SourceLocation(file: name), slug: "index",
      title: configuration.title, language: configuration.language, tags: [], isDraft: false, allowsRawHTML: false,
      figures: [],
      outputPath: "index.html", fingerprint: surroundings.fingerprint,
      body: PageBody(MarkdownTree(nodes: []), allowsRawHTML: false, reservedIDs: reservedIDs, file: name))
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

  /// Notes what a file says.
  private mutating func take(_ file: FileReading) -> ContentMemory.Reading {
    diagnostics.append(contentsOf: file.reading.faults.all)
    if file.reading.isDraft, !includingDrafts { drafts.insert(file.path) }
    if file.isRead { read.append(file.path) }
    if let kept = file.file, !file.reading.faults.hasErrors { found[ExactPath(file.path)] = kept }
    return file.reading
  }

  /// Latest first; pages without a date last; the same day by slug.
  private static func latestFirst(_ pages: [Page]) -> [Page] {
    // Pages are large, so their places are sorted and not they themselves.
    let keys = pages.map { (date: $0.date, slug: $0.slug) }
    let order = keys.indices.sorted { first, second in
      let (a, b) = (keys[first], keys[second])
      return switch (a.date, b.date) {
      case (let x?, let y?) where x != y: x > y
      case (_?, nil): true
      case (nil, _?): false
      default: a.slug < b.slug
      }
    }
    return order.map { pages[$0] }
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
