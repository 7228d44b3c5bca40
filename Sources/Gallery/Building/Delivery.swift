import Files
import Site

/// The figures of one page on their way from the store to the site.
struct Delivery: Sendable {
  typealias Page = [(figure: PlannedFigure, model: LoadedModel)]

  let page: Page
  /// The path of the page's file in the content folder.
  var path: String { page.first?.figure.request.id.page ?? "" }
  /// The figures with their words, and the files of their pictures.
  private(set) var figures = PageFigures()
  /// What they were made from, if all of it is known.
  private(set) var words: FigureMemory.Words?
  /// The pictures.
  private(set) var files: [OutputFile] = []
  /// Whether the store could not read a picture back; the site has none of the page's pictures then.
  private(set) var isDamaged = false

  /// - Parameters:
  ///   - sources: what figures are made from, by their requests.
  ///   - update: the site that is being written, which gets the pictures; `nil` where none is, and the pictures need not be
  ///     read.
  init(
    _ page: Page, made: ExplainStep.Outcome, sources: [ExplainRequest.ID: FigureSources], memory: FigureMemory,
    store: Store, to update: SiteUpdate?
  ) {
    self.page = page
    let known = page.compactMap { figure, _ -> FigureMemory.Words.Source? in
      let id = figure.request.id
      guard let sources = sources[id], let key = made.keys[id] else { return nil }
      return FigureMemory.Words.Source(request: id, sources: sources, record: key)
    }
    if let figures = memory.words(ofPage: path, known), known.count == page.count {
      self.figures = figures
    } else {
      for (figure, model) in page {
        guard let record = made.records[figure.request.id] else { continue }
        figures.add(record, figure, model)
      }
    }
    if known.count == page.count { words = FigureMemory.Words(sources: known, figures: figures) }
    for file in figures.files {
      let key = file.picture.key
      let output = OutputFile(
        path: file.path, contents: .file(store.file(.pictures, key), version: key.hex), origin: file.origin)
      files.append(output)
    }
    guard let update else { return }
    var whole: [OutputFile] = []
    for (file, output) in zip(figures.files, files) {
      var output = output
      // What stands in the site already need not be read.
      if !update.holds(output) {
        guard let bytes = store.read(.pictures, file.picture.key) else {
          isDamaged = true
          return
        }
        output.contents = .bytes(bytes)
      }
      whole.append(output)
    }
    whole.forEach(update.add)
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
