import Site

/// The figures of one page on their way from the store to the site.
struct Delivery: Sendable {
  typealias Page = [(figure: PlannedFigure, model: LoadedModel)]

  let page: Page
  /// The figures with their words.
  private(set) var views: [ExplainRequest.ID: Figure] = [:]
  /// Whether the store could not read a picture back; the site has none of the page's pictures then.
  private(set) var isDamaged = false

  init(_ page: Page, records: [ExplainRequest.ID: FigureRecord], store: Store, to update: SiteUpdate) {
    self.page = page
    var figures = PageFigures()
    for (figure, model) in page {
      guard let record = records[figure.request.id] else { continue }
      figures.add(record, figure, model)
    }
    var files: [OutputFile] = []
    for file in figures.files {
      let key = file.picture.key
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
  /// The figures of each page, in reading order.
  var figuresByPage: [Delivery.Page] {
    let planned = Dictionary(
      groups.flatMap { group in group.figures.map { ($0.request.id, (figure: $0, model: group.model)) } }
    ) { first, _ in first }
    return content.allPages.map { page in page.requests.compactMap { planned[$0.id] } }.filter { !$0.isEmpty }
  }
}
