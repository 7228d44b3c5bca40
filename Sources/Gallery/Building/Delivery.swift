import Site

/// The figures of one page on their way from the store to the site.
struct Delivery: Sendable {
  typealias Page = [WholeFigure]

  let page: Page
  /// The figures with their words.
  private(set) var views: [FigureRequest.ID: Figure] = [:]
  /// Whether the store could not read a picture back; the site has none of the page's pictures then.
  private(set) var isDamaged = false

  init(
    _ page: Page, records: [ExplainRequest.ID: FigureRecord], networks: NetworkStore, to update: SiteUpdate
  ) {
    self.page = page
    let store = networks.store
    var figures = PageFigures(hashes: networks.hashes)
    for figure in page {
      let parts = figure.parts.compactMap { records[$0.plan.request.id] }
      if parts.count == figure.parts.count { figures.add(figure, parts) }
    }
    var files: [OutputFile] = []
    for file in figures.files {
      guard case .stored(let key) = file.contents else {
        if case .bytes(let bytes) = file.contents {
          files.append(OutputFile(path: file.path, contents: .bytes(bytes), origin: file.origin))
        }
        continue
      }
      var output = OutputFile(
        path: file.path, contents: .file(store.file(.pictures, key), version: key.hex), origin: file.origin)
      // What stands in the site already need not be read.
      if !update.holds(output) {
        guard let bytes = store.read(.pictures, key) else {
          isDamaged = true
          return
        }
        output.contents = .bytes(bytes)
      }
      files.append(output)
    }
    views = figures.views
    files.forEach(update.add)
  }
}

extension GalleryPlan {
  /// The figures of each page, in reading order. One of which a part could not be planned is left out.
  var figuresByPage: [Delivery.Page] {
    let planned = Dictionary(
      groups.flatMap { group in
        group.figures.map { figure in
          (
            figure.request.id,
            PartOfFigure(
              plan: figure, model: group.model, identity: group.identity, contentFolder: contentFolder)
          )
        }
      }
    ) { first, _ in first }
    return content.allPages.map { page in
      page.figures.compactMap { figure in
        let parts = figure.parts.compactMap { planned[$0.id] }
        return parts.count == figure.parts.count ? WholeFigure(request: figure, parts: parts) : nil
      }
    }.filter { !$0.isEmpty }
  }
}
