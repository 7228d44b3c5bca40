public import Diagnostics
public import Files
import Foundation

/// Turns content, figures and templates into the files of the site.
public struct SiteRenderer: Sendable {
  let content: SiteContent
  let templates: TemplateLibrary
  let figures: [FigureRequest.ID: Figure]
  let collections: [FigureRequest.ID: Collection]
  let evaluations: [EvaluationRequest.ID: EvaluationView]
  let models: [String: ModelView]
  let pictureSizes: [ContentFile: PictureSize]
  let strips: [ExactPath: Figure.Picture]
  /// The site in its own language.
  let frame: SiteFrame
  /// The site in each of its languages, its own first.
  let frames: [SiteFrame]
  let translations: Translations
  private let memory: PageMemory?

  /// Whether it is remembered what pages were made from.
  var isRemembering: Bool { memory != nil }

  /// Creates a renderer.
  ///
  /// - Parameters:
  ///   - content: the checked content.
  ///   - templates: the checked templates.
  ///   - figures: a figure for each request of the content that asks for one.
  ///   - collections: a collection for each of the others.
  ///   - evaluations: a table, or cards, for each block about an evaluation.
  ///   - models: what model pages tell of the networks, by the model's name.
  ///   - pictureSizes: how large the files are that texts show as pictures.
  ///   - strips: pictures that stand for pages in other people's, by the pages' paths in the content folder.
  ///   - memory: the pages that were rendered last; receives those that are rendered now.
  public init(
    content: SiteContent, templates: TemplateLibrary, figures: [FigureRequest.ID: Figure],
    collections: [FigureRequest.ID: Collection] = [:], evaluations: [EvaluationRequest.ID: EvaluationView] = [:],
    models: [String: ModelView] = [:], pictureSizes: [ContentFile: PictureSize] = [:],
    strips: [ExactPath: Figure.Picture] = [:], memory: PageMemory? = nil
  ) {
    self.content = content
    self.templates = templates
    self.figures = figures
    self.collections = collections
    self.evaluations = evaluations
    self.models = models
    self.pictureSizes = pictureSizes
    self.strips = strips
    self.memory = memory
    frame = SiteFrame(content, in: content.configuration.language)
    frames = [frame] + content.languages.dropFirst().map { SiteFrame(content, in: $0) }
    translations = Translations(content, frames)
  }

  /// Makes all files of the site except the figures' pictures, which the caller has.
  ///
  /// - Parameters:
  ///   - jobs: how many pages are rendered at a time.
  ///   - deliver: takes each file, from any thread.
  /// - Returns: the number of HTML pages.
  /// - Throws: the requests without a figure, and the files that cannot be read.
  @discardableResult
  public func render(
    jobs: Int = Parallel.processorCount, to deliver: @Sendable (OutputFile) -> Void
  ) throws(DiagnosticList) -> Int {
    var faults = DiagnosticList()
    for request in content.figures where figures[request.id] == nil && collections[request.id] == nil {
      faults.append(.error("There is no figure for this explain block.", at: request.location))
    }
    let pages = content.allPages
    let lists = listPages
    let all = allLists
    let collected = collectionPages.flatMap { pages in pages.subjects.map { (pages, $0) } }
    // Those that stand for nothing of the content come together, in the end.
    let count = pages.count + lists.count + collected.count
    memory?.begin()
    let failures = Guarded(DiagnosticList())
    Parallel.forEach(count + 1, jobs: jobs) { index in
      // A template that is at fault on one page mostly is on all.
      guard failures.withLock({ !$0.hasErrors }) else { return }
      do throws(Diagnostic) {
        // The lists are the largest pages, so they begin.
        if index < lists.count {
          let (list, number) = lists[index]
          deliver(try file(of: list, page: number, all[list.language] ?? PageLists()))
        } else if index < lists.count + pages.count {
          let page = pages[index - lists.count]
          deliver(try pageFile(page, all[page.language] ?? PageLists()))
          for figure in try figuresAlone(of: page) { deliver(figure) }
        } else if index < lists.count + pages.count + collected.count {
          let (pages, subject) = collected[index - lists.count - pages.count]
          deliver(try file(subject, of: pages))
        } else {
          deliver(try notFoundFile())
          for frame in frames { try searchFiles(frame).forEach(deliver) }
          for redirect in try redirects() { deliver(redirect) }
        }
      } catch {
        failures.withLock { $0.append(error) }
      }
    }
    faults.append(contentsOf: failures.withLock(\.all))
    feedFiles().forEach(deliver)
    assets(&faults).forEach(deliver)
    contentFiles(&faults).forEach(deliver)
    try faults.throwIfErrors()
    memory?.end()
    // With the page for wrong addresses and those for searching.
    return count + 1 + frames.count
  }

  /// All files of the site except the figures' pictures.
  public func render() throws(DiagnosticList) -> [OutputFile] {
    let files = Guarded<[OutputFile]>([])
    try render { file in files.withLock { $0.append(file) } }
    return files.withLock { $0 }.sorted { $0.path < $1.path }
  }

  /// Looks at the paths of all files that a site with these requests has, as writing it would, so that it is known before
  /// anything is computed which of them cannot be written.
  public func checkOutputs(_ faults: inout DiagnosticList) {
    var owners: [String: OutputFile.Owner] = [:]
    func register(_ file: OutputFile) { _ = OutputPlan.register(file, in: &owners, faults: &faults) }
    for page in content.allPages {
      register(file(page.outputPath, "", from: page.location.file))
      for figure in page.figures {
        let places = CollectionPlaces(figure.id)
        let paths = figure.order == nil ? [figure.id.pageAlone] : figure.pictureNames.map(places.picture)
        for path in paths { register(file(path, "", from: figure.location.description)) }
      }
    }
    for (list, number) in listPages { register(file(list.pages.path(number), "", from: list.origin)) }
    register(file("404.html", "", from: Self.notFoundOrigin))
    for name in feedNames + searchNames { register(file(name.path, "", from: name.origin)) }
    templates.assets.forEach(register)
    contentFiles(&faults).forEach(register)
    let figures = content.figures.map { OutputFile.Owner(path: $0.pictureFolder, origin: $0.location.description) }
    OutputPlan.checkFigures(figures, owners, faults: &faults)
    for request in content.figures {
      register(file(request.pictureFolder + "/photo.jpg", "", from: request.location.description))
    }
    registerAliases(in: &owners, &faults)
    OutputPlan.checkFolders(owners, faults: &faults)
  }

  /// The words of the interface on a page.
  func strings(of page: Page) -> Strings { strings(in: page.language) }

  func strings(in language: String) -> Strings { content.strings[language] }

  /// The site in a language.
  func frame(in language: String) -> SiteFrame { frames.first { $0.language == language } ?? frame }

  /// The words on pages that no file of the content stands for.
  var siteStrings: Strings { strings(in: content.configuration.language) }

  private func file(_ path: String, _ text: String, from origin: String, isList: Bool = false) -> OutputFile {
    OutputFile(path: path, text: text, origin: origin, isList: isList)
  }

  // MARK: - Pages

  /// - Parameter all: what the lists of the site show in the language of the page.
  private func pageFile(_ page: Page, _ all: PageLists) throws(Diagnostic) -> OutputFile {
    let linker = PageLinker(path: page.outputPath)
    var context = PageContext(site: siteContext(linker, strings(of: page)), page: details(of: page))
    var lists = PageLists()
    addList(to: &context, &lists, of: page, all)
    if page.kind == .model {
      context.facts =
        (content.modelCard(named: page.slug)?.facts(in: strings(of: page)) ?? [])
        + (models[page.slug]?.facts ?? [])
      context.layers = models[page.slug]?.layers ?? []
      context.hasFewLayers = context.layers.count <= 24
    }
    return try file(
      linker, page.kind.rawValue, context, lists, page, from: page.location.file,
      isList: page.kind == .home)
  }

  /// The file of a page that may have text and lists.
  ///
  /// - Parameters:
  ///   - linker: makes the page's addresses.
  ///   - context: what the template is filled with, but for the lists and the text.
  ///   - page: whose text it is.
  ///   - origin: what the file is made from, for messages.
  func file(
    _ linker: PageLinker, _ template: String, _ context: PageContext, _ lists: PageLists = PageLists(),
    _ page: Page? = nil, from origin: String, isList: Bool = false
  ) throws(Diagnostic) -> OutputFile {
    let shown = page.map { page in page.figures.compactMap { figure($0, on: page) } } ?? []
    return try remembered(
      linker, template, context, lists, page, figures: shown, from: origin, isList: isList
    ) { context throws(Diagnostic) in
      lists.fill(&context)
      guard let page else { return }
      context.body = page.html(
        figures: try figureHTML(of: page, linker).merging(try collectionHTML(of: page, linker)) { figure, _ in figure },
        evaluations: try evaluationHTML(of: page, linker), sizes: pictureSizes, linker: linker,
        strings: strings(of: page))
    }
  }

  /// The file of a page: the one that was rendered last, where it was made from the same.
  ///
  /// - Parameters:
  ///   - figures: what stands in its text.
  ///   - fill: adds what is left out of `context`.
  func remembered<Context: WholePageView>(
    _ linker: PageLinker, _ template: String, _ context: Context, _ lists: PageLists = PageLists(),
    _ page: Page? = nil, figures: [Figure] = [], from origin: String, isList: Bool = false,
    _ fill: (inout Context) throws(Diagnostic) -> Void = { _ in }
  ) throws(Diagnostic) -> OutputFile {
    let strings = strings(in: context.page.language)
    let fingerprint = memory.map { _ in
      self.fingerprint(of: template, context, lists, page, figures, linker, strings)
    }
    if let fingerprint, let known = memory?.page(at: linker.path, fingerprint) { return known }
    var context = context
    try fill(&context)
    let file = file(linker.path, try templates.render(template, context, linker, strings), from: origin, isList: isList)
    if let fingerprint { memory?.keep(file, fingerprint) }
    return file
  }

  /// A figure as its page shows it.
  private func figure(_ request: FigureRequest, on page: Page) -> Figure? {
    figures[request.id]?.on(page, request.id, of: frame(in: page.language).configuration, strings(of: page))
  }

  private func figureHTML(of page: Page, _ linker: PageLinker) throws(Diagnostic) -> [Int: String] {
    var html: [Int: String] = [:]
    for request in page.figures {
      guard let figure = figure(request, on: page) else { continue }
      html[request.id.number] = try templates.render("figure", figure, linker, strings(of: page))
    }
    return html
  }

  private func evaluationHTML(of page: Page, _ linker: PageLinker) throws(Diagnostic) -> [Int: String] {
    var html: [Int: String] = [:]
    for request in page.evaluations {
      guard let view = evaluations[request.id] else { continue }
      html[request.id.number] = try templates.render("evaluation", view, linker, strings(of: page))
    }
    return html
  }

  /// A page for each figure, which shows it alone: in a frame of somebody else's page.
  private func figuresAlone(of page: Page) throws(Diagnostic) -> [OutputFile] {
    var files: [OutputFile] = []
    for request in page.figures {
      guard let figure = figures[request.id]?.alone else { continue }
      let linker = PageLinker(path: request.id.pageAlone)
      let context = PageContext(site: siteContext(linker, strings(of: page)), page: details(of: page))
      files.append(
        try remembered(linker, "figure-alone", context, figures: [figure], from: request.location.description) {
          context throws(Diagnostic) in
          context.body = MarkupText.cleaned(try templates.render("figure", figure, linker, strings(of: page)))
        })
    }
    return files
  }

  /// The page for addresses that do not exist. It can be shown at any of them, so its links are absolute.
  private func notFoundFile() throws(Diagnostic) -> OutputFile {
    let linker = PageLinker(
      path: "404.html", absolutePrefix: content.configuration.url?.path(percentEncoded: true) ?? "/")
    let context = PageContext(
      site: siteContext(linker, siteStrings),
      page: details(titled: siteStrings(.pageNotFound), at: nil, in: frame.language))
    return try file(linker, "not-found", context, from: Self.notFoundOrigin)
  }

  private static let notFoundOrigin = "the page for wrong addresses"

  // MARK: - Files

  /// The theme's style sheet and whatever else is no template. What `site.yml` says of the theme stands at the end of the
  /// style sheet, so that no page is another for it.
  private func assets(_ faults: inout DiagnosticList) -> [OutputFile] {
    guard let css = content.configuration.theme.css else { return templates.assets }
    return templates.assets.compactMap { asset in
      guard asset.path == "style.css" else { return asset }
      return faults.attempt { () throws(Diagnostic) in
        let style =
          switch asset.contents {
          case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
          case .file(let url, _): try SourceFile.read(url, name: asset.origin).text
          }
        return OutputFile(path: asset.path, text: style + css, origin: asset.origin)
      }
    }
  }

  /// The static files, and the files of the content folder that pages show or link to.
  private func contentFiles(_ faults: inout DiagnosticList) -> [OutputFile] {
    let folder = content.folder
    let statics = content.staticFiles.map { (path: $0.path, file: $0, origin: folder.shown("static/" + $0.path)) }
    // What lies in static is there already.
    let linked = content.linkedFiles.filter { !$0.value.path.hasPrefix("static/") }
      .map { (path: $0.key.path, file: $0.value, origin: folder.shown($0.value.path)) }
    return (statics + linked).sorted { ExactPath($0.path) < ExactPath($1.path) }.compactMap { entry in
      faults.attempt { () throws(Diagnostic) in
        try OutputFile(copying: entry.file, to: entry.path, origin: entry.origin)
      }
    }
  }
}
