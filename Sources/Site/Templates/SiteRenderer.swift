public import Diagnostics
public import Files
import Foundation
import Synchronization

/// Turns content, figures and templates into the files of the site.
public struct SiteRenderer: Sendable {
  let content: SiteContent
  let templates: TemplateLibrary
  let figures: [ExplainRequest.ID: FigureView]
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
    content: SiteContent, templates: TemplateLibrary, figures: [ExplainRequest.ID: FigureView],
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
    for request in content.requests where figures[request.id] == nil {
      faults.append(.error("There is no figure for this explain block.", at: request.location))
    }
    let pages = content.allPages
    let lists = listTemplates
    Parallel.forEach(pages.count + lists.count, jobs: jobs) { index in
      // The lists are the largest pages, so they begin.
      guard index >= lists.count else { return deliver(listFile(lists[index].name, lists[index].title)) }
      let page = pages[index - lists.count]
      deliver(file(page.outputPath, pageHTML(page), from: page.location.file))
    }
    deliver(notFoundFile())
    feedFiles().forEach(deliver)
    templates.assets.forEach(deliver)
    contentFiles(&faults).forEach(deliver)
    try faults.throwIfErrors()
    return pages.count + lists.count + 1
  }

  /// All files of the site except the figures' pictures.
  public func render() throws(DiagnosticList) -> [OutputFile] {
    let files = Mutex<[OutputFile]>([])
    try render { file in files.withLock { $0.append(file) } }
    return files.withLock { $0 }.sorted { $0.path < $1.path }
  }

  private var listTemplates: [(name: String, title: String)] {
    (content.experiments.isEmpty ? [] : [("experiments", "Experiments")])
      + (content.models.isEmpty ? [] : [("models", "Models")])
  }

  private func file(_ path: String, _ text: String, from origin: String) -> OutputFile {
    OutputFile(path: path, text: text, origin: origin)
  }

  // MARK: - Pages

  private func pageHTML(_ page: Page) -> String {
    let linker = PageLinker(path: page.outputPath)
    let body = PageBody(
      of: page, links: content.links, smartPunctuation: content.configuration.smartPunctuation)
    var context = PageContext(
      site: siteContext(linker), page: details(of: page, linker),
      body: body.html(figures: figureHTML(of: page, linker), linker: linker))
    switch page.kind {
    case .home:
      context.experiments = content.experiments.map { card($0, linker) }
      return templates.render("home", context)
    case .experiment: return templates.render("experiment", context)
    case .page: return templates.render("page", context)
    case .model:
      context.experiments = content.experiments.filter { $0.requests.contains { $0.model.value == page.slug } }
        .map { card($0, linker) }
      context.facts = (content.modelCard(named: page.slug)?.facts ?? []) + (models[page.slug]?.facts ?? [])
      context.layers = models[page.slug]?.layers.map(LayerContext.init) ?? []
      context.hasFewLayers = context.layers.count <= 24
      return templates.render("model", context)
    }
  }

  private func figureHTML(of page: Page, _ linker: PageLinker) -> [Int: String] {
    let modelPages = Dictionary(content.models.map { ($0.card.name, $0.page.outputPath) }) { first, _ in first }
    return page.requests.reduce(into: [:]) { html, request in
      guard let figure = figures[request.id] else { return }
      let context = FigureContext(figure, number: request.id.number, modelPages: modelPages, linker: linker)
      html[request.id.number] = templates.render("figure", context)
    }
  }

  private func listFile(_ template: String, _ title: String) -> OutputFile {
    let path = "\(template).html"
    let linker = PageLinker(path: path)
    var context = PageContext(site: siteContext(linker), page: details(titled: title, at: path), body: "")
    context.experiments = content.experiments.map { card($0, linker) }
    context.models = content.models.map { card($0.page, linker) }
    context.tags = tags(linker)
    return file(path, templates.render(template, context), from: "the list of \(template)")
  }

  /// The page for addresses that do not exist. It can be shown at any of them, so its links are absolute.
  private func notFoundFile() -> OutputFile {
    let linker = PageLinker(
      path: "404.html", absolutePrefix: content.configuration.url?.path(percentEncoded: true) ?? "/")
    let context = PageContext(
      site: siteContext(linker), page: details(titled: "Page not found", at: nil), body: "")
    return file("404.html", templates.render("not-found", context), from: "the page for wrong addresses")
  }

  // MARK: - Files

  /// The static files, and the files of the content folder that pages show or link to.
  private func contentFiles(_ faults: inout DiagnosticList) -> [OutputFile] {
    var outputs = content.linkedFiles
    for file in content.staticFiles { outputs[ExactPath(file.path)] = file }
    return outputs.sorted { $0.key < $1.key }.compactMap { path, file in
      faults.attempt { () throws(Diagnostic) in
        try OutputFile(copying: file, to: path.path, origin: content.links.folder.shown(at: file.url))
      }
    }
  }
}
