import Files
import Site

/// The figures of one page on their way from the store to the site.
struct Delivery: Sendable {
  typealias Page = [WholeFigure]

  let page: Page
  /// The path of the page's file in the content folder.
  var path: String { page.first?.request.id.page ?? "" }
  /// The figures with their words, and the files of their pictures.
  private(set) var figures: PageFigures
  /// What they were made from, if all of it is known.
  private(set) var words: FigureMemory.Words?
  /// The pictures.
  private(set) var files: [OutputFile] = []
  /// Whether the store could not read a picture back; the site has none of the page's pictures then.
  private(set) var isDamaged = false

  /// - Parameters:
  ///   - sources: what figures are made from, by their requests.
  ///   - differences: what the maps of two networks differ by, by the keys of their pairs.
  ///   - strings: the words of the interface, in the page’s language.
  ///   - makesStrip: whether the page gets a picture that stands for it in other people's.
  ///   - repairs: whether the store could not read something back before.
  ///   - update: the site that is being written, which gets the pictures; `nil` where none is.
  ///   - looksAtPictures: whether the pictures are read where no site is written.
  init(
    _ page: Page, made: ExplainStep.Outcome, sources: [ExplainRequest.ID: FigureSources],
    differences: [StoreKey: FigureRecord.Panel], memory: FigureMemory, networks: NetworkStore, in strings: Strings,
    makesStrip: Bool, repairs: Bool, to update: SiteUpdate?, looksAtPictures: Bool
  ) throws {
    self.page = page
    let store = networks.store
    let parts = page.flatMap(\.parts)
    let known = parts.compactMap { part -> FigureMemory.Words.Source? in
      let id = part.plan.request.id
      guard let sources = sources[id], let key = made.keys[id] else { return nil }
      return FigureMemory.Words.Source(request: id, sources: sources, record: key)
    }
    let path = page.first?.request.id.page ?? ""
    if let figures = memory.words(ofPage: path, known, strings), known.count == parts.count {
      self.figures = figures
    } else {
      figures = PageFigures(hashes: networks.hashes, differences: differences, in: strings)
      for figure in page {
        let records = figure.parts.compactMap { made.records[$0.plan.request.id] }
        if records.count == figure.parts.count { figures.add(figure, records) }
      }
    }
    if makesStrip, figures.strip == nil || repairs,
      let strip = PageStrip(page, { made.records[$0.plan.request.id] }),
      let picture = try strip.picture(in: store, reads: repairs), let first = page.first
    {
      figures.add(strip: picture, of: first.request)
    }
    if known.count == parts.count {
      words = FigureMemory.Words(sources: known, strings: strings.fingerprint, figures: figures)
    }
    for file in figures.files {
      guard case .stored(let key) = file.contents else {
        if case .bytes(let bytes) = file.contents {
          files.append(OutputFile(path: file.path, contents: .bytes(bytes), origin: file.origin))
        }
        continue
      }
      let output = OutputFile(
        path: file.path, contents: .file(store.file(.pictures, key), version: key.hex), origin: file.origin)
      files.append(output)
    }
    guard let update else {
      isDamaged =
        looksAtPictures
        && figures.files.contains { file in
          if case .stored(let key) = file.contents { store.read(.pictures, key) == nil } else { false }
        }
      return
    }
    var whole: [OutputFile] = []
    for (file, output) in zip(figures.files, files) {
      var output = output
      // What stands in the site already need not be read.
      if case .stored = file.contents, !update.holds(output) {
        guard case .stored(let key) = file.contents, let bytes = store.read(.pictures, key) else {
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
