public import Diagnostics
import Files
public import Foundation

extension SiteContent {
  /// Reads and checks a content folder.
  ///
  /// Pages and explain blocks with faults are left out of the result, so that a caller can go on and look for faults of
  /// its own before it stops.
  ///
  /// - Parameters:
  ///   - url: the folder.
  ///   - shownAs: the folder as the user wrote it, for messages.
  ///   - includingDrafts: whether pages with `draft: true` are part of the site.
  ///   - diagnostics: receives all faults of all files.
  /// - Returns: what could be read, or `nil` when there is no such folder.
  public static func load(
    from url: URL, shownAs: String, includingDrafts: Bool = false, diagnostics: inout DiagnosticList
  ) -> SiteContent? {
    let folder = ContentFolder(url: url, name: shownAs)
    guard folder.hasFolder("") else {
      diagnostics.append(.error("There is no content folder “\(shownAs)”.", hint: "Name it with --content."))
      return nil
    }
    var loader = ContentLoader(folder: folder, includingDrafts: includingDrafts, diagnostics: diagnostics)
    let content = loader.load()
    diagnostics = loader.diagnostics
    return content
  }
}

/// Reads the folders of a content folder one after the other.
struct ContentLoader {
  private let folder: ContentFolder
  private let includingDrafts: Bool
  private(set) var diagnostics: DiagnosticList
  private let modelNames: [String]
  private let configuration: SiteConfiguration
  private var cards: [String: ModelCard] = [:]
  /// The paths of the pages that are left out as drafts.
  private var drafts: Set<String> = []

  init(folder: ContentFolder, includingDrafts: Bool, diagnostics: DiagnosticList) {
    self.folder = folder
    self.includingDrafts = includingDrafts
    self.diagnostics = diagnostics
    modelNames = Self.markdownNames(in: "models", of: folder)
    configuration = SiteConfiguration(from: folder, modelNames: modelNames, diagnostics: &self.diagnostics)
  }

  mutating func load() -> SiteContent {
    let modelPages = modelNames.compactMap { readModel($0) }
    for page in modelPages { cards[page.reader.slug] = page.card }
    let models = modelPages.compactMap { draft -> Model? in
      guard let page = finish(draft.reader), let card = draft.card else { return nil }
      return Model(card: card, page: page)
    }
    let experiments = readPages(in: "experiments", kind: .experiment)
    let pages = readPages(in: "pages", kind: .page)
    let home = readHome()
    var content = SiteContent(
      configuration: configuration, home: home, experiments: experiments.sorted(by: Self.latestFirst), pages: pages,
      models: models, staticFiles: staticFiles(), links: LinkResolver(folder: folder, pages: [:], drafts: drafts))
    checkAddresses(of: content)
    let outputs = content.allPages.map { ($0.sourcePath, $0.outputPath) }
    content.links = LinkResolver(
      folder: folder, pages: Dictionary(outputs) { first, _ in first }, drafts: drafts)
    checkLinks(of: &content)
    return content
  }

  private typealias Model = SiteContent.Model

  // MARK: - Folders

  /// The names of the Markdown files of a folder, without `.md`, sorted.
  private static func markdownNames(in path: String, of folder: ContentFolder) -> [String] {
    folder.names(in: path).filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }.map { String($0.dropLast(3)) }.sorted()
  }

  private mutating func readPages(in path: String, kind: Page.Kind) -> [Page] {
    for name in folder.names(in: path) where folder.hasFolder("\(path)/\(name)") {
      for nested in folder.names(in: "\(path)/\(name)") where nested.hasSuffix(".md") {
        diagnostics.append(
          .warning(
            "This file is not read.", at: SourceLocation(file: folder.shown("\(path)/\(name)/\(nested)")),
            hint: "Move it to \(folder.shown(path))."))
      }
    }
    let names = Self.markdownNames(in: path, of: folder)
    let loader = self
    let found = Parallel.map(names) { name in loader.readPage("\(path)/\(name).md", in: path, kind: kind) }
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
    reader.readPageKeys(SettingsContext(folder: folder, directory: directory, modelNames: modelNames))
    guard includingDrafts || !reader.isDraft else { return (nil, path, faults) }
    let page = reader.page(defaults: configuration, cards: cards, modelNames: modelNames, diagnostics: &faults)
    return (page, nil, faults)
  }

  private mutating func readHome() -> Page {
    if folder.hasFile("index.md") {
      var reader = PageReader(path: "index.md", kind: .home, folder: folder, diagnostics: &diagnostics)
      reader?.readPageKeys(SettingsContext(folder: folder, directory: "", modelNames: modelNames))
      if let page = reader.flatMap({ finish($0) }) { return page }
    }
    let name = folder.shown("index.md")
    return Page(
      kind: .home, sourcePath: "index.md", location: SourceLocation(file: name), slug: "index",
      title: configuration.title, tags: [], isDraft: false, allowsRawHTML: false, requests: [],
      outputPath: "index.html", body: MarkdownSource(file: name, text: ""))
  }

  private mutating func readModel(_ name: String) -> (reader: PageReader, card: ModelCard?)? {
    guard
      var reader = PageReader(path: "models/\(name).md", kind: .model, folder: folder, diagnostics: &diagnostics)
    else { return nil }
    let context = SettingsContext(folder: folder, directory: "models", modelNames: modelNames)
    let card = reader.readModelKeys(context)
    return (reader, card)
  }

  private func staticFiles() -> [ContentFile] {
    folder.paths(below: "static").filter { ![".DS_Store", ".gitkeep"].contains(RelativePath.name(of: $0)) }
      .map { ContentFile(path: String($0.dropFirst("static/".count)), url: folder.file($0).url) }
  }

  // MARK: - Pages

  /// The page that `reader` has read. A draft that is left out is not checked any further.
  private mutating func finish(_ reader: PageReader) -> Page? {
    guard includingDrafts || !reader.isDraft else {
      drafts.insert(reader.path)
      return nil
    }
    return reader.page(defaults: configuration, cards: cards, modelNames: modelNames, diagnostics: &diagnostics)
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

  /// Two pages, or a page and a static file, at one address are a fault, on file systems that ignore case too.
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
    for file in content.staticFiles {
      guard let page = first[file.path.lowercased()] else { continue }
      diagnostics.append(
        .error(
          "This file and \(page.location.file) would both be \(file.path).",
          at: SourceLocation(file: folder.shown("static/" + file.path)), hint: "Rename one of them."))
    }
  }

  /// Links, images and menu entries that lead nowhere are faults.
  private mutating func checkLinks(of content: inout SiteContent) {
    let links = content.links
    let found = Parallel.map(content.allPages) { page in
      PageBody(of: page, links: links, smartPunctuation: false).check()
    }
    for (files, faults) in found {
      diagnostics.append(contentsOf: faults.all)
      for (file, output) in files { content.linkedFiles[ExactPath(output)] = file }
    }
    for item in configuration.navigation ?? [] {
      _ = diagnostics.attempt { () throws(Diagnostic) in
        try content.links.resolve(item.link.value, in: "", isImage: false, at: item.link.location)
      }
    }
  }
}
