public import Diagnostics
public import Files
import Foundation

/// Turns content, figures and templates into the files of the site.
public struct SiteRenderer: Sendable {
  let content: SiteContent
  let templates: TemplateLibrary
  let figures: [FigureRequest.ID: Figure]
  let models: [String: ModelView]
  let frame: SiteFrame

  /// Creates a renderer.
  ///
  /// - Parameters:
  ///   - content: the checked content.
  ///   - templates: the checked templates.
  ///   - figures: a figure for each request of the content.
  ///   - models: what model pages tell of the networks, by the model's name.
  public init(
    content: SiteContent, templates: TemplateLibrary, figures: [FigureRequest.ID: Figure],
    models: [String: ModelView] = [:]
  ) {
    self.content = content
    self.templates = templates
    self.figures = figures
    self.models = models
    frame = SiteFrame(content)
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
    for request in content.figures where figures[request.id] == nil {
      faults.append(.error("There is no figure for this explain block.", at: request.location))
    }
    let pages = content.allPages
    let lists = listTemplates
    let failures = Guarded(DiagnosticList())
    Parallel.forEach(pages.count + lists.count + 1, jobs: jobs) { index in
      // A template that is at fault on one page mostly is on all.
      guard failures.withLock({ !$0.hasErrors }) else { return }
      do throws(Diagnostic) {
        // The lists are the largest pages, so they begin.
        if index < lists.count {
          deliver(try listFile(lists[index].name, lists[index].title))
        } else if index < lists.count + pages.count {
          let page = pages[index - lists.count]
          deliver(file(page.outputPath, try pageHTML(page), from: page.location.file, isList: page.kind == .home))
          for figure in try figuresAlone(of: page) { deliver(figure) }
        } else {
          deliver(try notFoundFile())
        }
      } catch {
        failures.withLock { $0.append(error) }
      }
    }
    faults.append(contentsOf: failures.withLock(\.all))
    feedFiles().forEach(deliver)
    templates.assets.forEach(deliver)
    contentFiles(&faults).forEach(deliver)
    try faults.throwIfErrors()
    return pages.count + lists.count + 1
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
      for figure in page.figures { register(file(figure.id.pageAlone, "", from: figure.location.description)) }
    }
    for list in listTemplates { register(file("\(list.name).html", "", from: Self.listOrigin(list.name))) }
    register(file("404.html", "", from: Self.notFoundOrigin))
    for name in feedNames { register(file(name.path, "", from: name.origin)) }
    templates.assets.forEach(register)
    contentFiles(&faults).forEach(register)
    let figures = content.figures.map { OutputFile.Owner(path: $0.pictureFolder, origin: $0.location.description) }
    OutputPlan.checkFigures(figures, owners, faults: &faults)
    for request in content.figures {
      register(file(request.pictureFolder + "/photo.jpg", "", from: request.location.description))
    }
    OutputPlan.checkFolders(owners, faults: &faults)
  }

  private var listTemplates: [(name: String, title: String)] {
    (content.experiments.isEmpty ? [] : [("experiments", "Experiments")])
      + (content.models.isEmpty ? [] : [("models", "Models")])
  }

  private func file(_ path: String, _ text: String, from origin: String, isList: Bool = false) -> OutputFile {
    OutputFile(path: path, text: text, origin: origin, isList: isList)
  }

  // MARK: - Pages

  private func pageHTML(_ page: Page) throws(Diagnostic) -> String {
    let linker = PageLinker(path: page.outputPath)
    var context = PageContext(
      site: siteContext(of: page.outputPath), page: details(of: page),
      body: page.html(figures: try figureHTML(of: page, linker), linker: linker))
    switch page.kind {
    case .home:
      context.experiments = cards(content.experiments)
      return try templates.render("home", context, linker)
    case .experiment: return try templates.render("experiment", context, linker)
    case .page: return try templates.render("page", context, linker)
    case .model:
      context.experiments = cards(
        content.experiments.filter { $0.requests.contains { $0.model.value == page.slug } })
      context.facts = (content.modelCard(named: page.slug)?.facts ?? []) + (models[page.slug]?.facts ?? [])
      context.layers = models[page.slug]?.layers ?? []
      context.hasFewLayers = context.layers.count <= 24
      return try templates.render("model", context, linker)
    }
  }

  private func figureHTML(of page: Page, _ linker: PageLinker) throws(Diagnostic) -> [Int: String] {
    var html: [Int: String] = [:]
    for request in page.figures {
      guard let figure = figures[request.id] else { continue }
      html[request.id.number] = try templates.render(
        "figure", figure.on(page, request.id, of: content.configuration), linker)
    }
    return html
  }

  /// A page for each figure, which shows it alone: in a frame of somebody else's page.
  private func figuresAlone(of page: Page) throws(Diagnostic) -> [OutputFile] {
    var files: [OutputFile] = []
    for request in page.figures {
      guard let figure = figures[request.id] else { continue }
      let linker = PageLinker(path: request.id.pageAlone)
      let context = PageContext(
        site: siteContext(of: linker.path), page: details(of: page),
        body: MarkupText.cleaned(try templates.render("figure", figure.alone, linker)))
      files.append(
        file(
          linker.path, try templates.render("figure-alone", context, linker), from: request.location.description))
    }
    return files
  }

  private func listFile(_ template: String, _ title: String) throws(Diagnostic) -> OutputFile {
    let path = "\(template).html"
    let linker = PageLinker(path: path)
    var context = PageContext(site: siteContext(of: path), page: details(titled: title, at: path), body: "")
    context.experiments = cards(content.experiments)
    context.models = cards(content.models.map(\.page))
    context.tags = tags
    return file(path, try templates.render(template, context, linker), from: Self.listOrigin(template), isList: true)
  }

  private static func listOrigin(_ template: String) -> String { "the list of \(template)" }

  /// The page for addresses that do not exist. It can be shown at any of them, so its links are absolute.
  private func notFoundFile() throws(Diagnostic) -> OutputFile {
    let linker = PageLinker(
      path: "404.html", absolutePrefix: content.configuration.url?.path(percentEncoded: true) ?? "/")
    let context = PageContext(
      site: siteContext(of: linker.path), page: details(titled: "Page not found", at: nil), body: "")
    return file("404.html", try templates.render("not-found", context, linker), from: Self.notFoundOrigin)
  }

  private static let notFoundOrigin = "the page for wrong addresses"

  // MARK: - Files

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
