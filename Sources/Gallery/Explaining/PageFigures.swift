import Diagnostics
import Files
import Foundation
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// The figures of one page, with their words, and the files of their pictures.
struct PageFigures {
  /// A file of the page's figures.
  struct File {
    /// Where its bytes are: under a hash in the store, or here.
    enum Contents {
      case stored(StoreKey)
      case bytes([UInt8])
    }

    let path: String
    let contents: Contents
    /// What it was made from, for messages.
    let origin: String
  }

  /// The hashes of pictures; `nil` where nobody needs to know them.
  let hashes: FileHashes?
  /// The words of the interface, in the page's language.
  let strings: Strings

  private(set) var views: [FigureRequest.ID: Figure] = [:]
  private(set) var collections: [FigureRequest.ID: Collection] = [:]
  /// The picture that stands for the page in other people's; what it is said to show, the page knows.
  private(set) var strip: Figure.Picture?
  /// Those that are the same are one file.
  var files: [File] = []
  private(set) var paths: [StoreKey: String] = [:]
  /// What the maps of two networks differ by, by the keys of their pairs.
  private let differences: [StoreKey: FigureRecord.Panel]

  init(hashes: FileHashes?, differences: [StoreKey: FigureRecord.Panel] = [:], in strings: Strings) {
    self.hashes = hashes
    self.differences = differences
    self.strings = strings
  }

  /// Adds a figure, or a collection.
  ///
  /// - Parameter records: each of its parts.
  mutating func add(_ figure: WholeFigure, _ records: [FigureRecord]) {
    if figure.request.order == nil {
      views[figure.request.id] = view(of: figure, records)
    } else {
      collections[figure.request.id] = collection(of: figure, records)
    }
  }

  /// Adds the picture that stands for the page in other people's.
  ///
  /// - Parameter request: the first figure, among whose pictures it lies.
  mutating func add(strip: FigureRecord.Picture, of request: FigureRequest) {
    self.strip = view(of: strip, name: "strip", alt: "", request)
  }

  /// A figure with its words.
  ///
  /// - Parameter records: each of its parts.
  mutating func view(of figure: WholeFigure, _ records: [FigureRecord]) -> Figure? {
    guard let first = figure.parts.first?.plan.request else { return nil }
    let grid = FigureGrid(figure, records, differences: differences)
    var maps = FigureMaps(
      colormap: first.colormap, opacity: first.opacity, blend: first.blend, scale: first.scale,
      threshold: first.threshold)
    var contents = grid.rows.map { RowFacts($0, in: strings) }
    let common = contents.count > 1 ? RowFacts.takeOutCommon(of: &contents, varying: grid.varying) : []
    let highest = highest(in: grid)
    let rows = zip(grid.rows, contents).enumerated().map { index, row in
      view(of: row.0, row.1, number: index + 1, grid, figure.request, highest, &maps)
    }
    return Figure(
      number: figure.request.id.number, varies: grid.varying.count == 1 ? grid.varying[0] : nil, rows: rows,
      facts: common,
      models: figure.parts.map { Figure.ModelName(title: $0.model.title, name: $0.plan.request.model.value) }
        .withoutRepetitions,
      caption: figure.request.caption,
      notes: notes(of: figure, records) + (grid.hasUnlikeMaps ? [strings(.unlikeMaps)] : []), maps: maps,
      takeAway: takeAway(figure, records, grid))
  }

  /// Warnings about all of a figure, in full sentences.
  func notes(of figure: WholeFigure, _ records: [FigureRecord]) -> [String] {
    zip(figure.parts, records).flatMap { part, record in
      part.model.notes(
        for: part.plan.methods, layers: part.plan.layers.map(\.layer),
        areProbabilities: record.areProbabilities, in: strings) + record.findings.map { $0.text(in: strings) }
    }.withoutRepetitions
  }

  private mutating func view(
    of cells: [FigureGrid.Cell], _ facts: RowFacts, number: Int, _ grid: FigureGrid, _ request: FigureRequest,
    _ highest: Highest, _ maps: inout FigureMaps
  ) -> Figure.Row {
    let photos = cells.map(\.photo).withoutRepetitions
    // First, for a panel without evidence is the same picture.
    let shared = photos.count == 1 ? cells.first.map { photo(of: $0, request) } : nil
    // What a card may show, see `SiteRenderer.cards`.
    let cover =
      number == 1 && request.id.hasCard
      ? cells.firstIndex { $0.panel?.overlay != nil } ?? cells.firstIndex { $0.panel != nil } : nil
    let panels = cells.enumerated().compactMap { index, cell -> Figure.Panel? in
      view(
        of: cell, isAlone: facts.verdict == nil, isCover: index == cover, row: number, grid.columns, request, highest,
        &maps)
    }
    return Figure.Row(
      number: number, ofFigure: request.id.number, label: facts.label(varying: grid.varying, columns: grid.columns),
      className: facts.subject, layer: facts.layer,
      probability: facts.verdict?.row.verdict.map { Double($0.probability) }, facts: facts.facts, reason: facts.reason,
      photo: shared, panels: panels,
      notes: (cells.compactMap { $0.panel?.finding } + cells.flatMap(\.row.findings)).map { $0.text(in: strings) }
        .withoutRepetitions)
  }

  private mutating func view(
    of cell: FigureGrid.Cell, isAlone: Bool, isCover: Bool, row: Int, _ columns: FigureAxis, _ request: FigureRequest,
    _ highest: Highest, _ maps: inout FigureMaps
  ) -> Figure.Panel? {
    guard let panel = cell.panel else { return nil }
    let asked = cell.part.plan.request
    let method = cell.method
    let id = Figure.Panel.id(
      columns == .methods ? method.id : "\(method.id)-\(cell.place(along: columns) + 1)", row: row,
      figure: request.id.number)
    let subject =
      strings(.panelAlt, ["method": strings.title(of: method.name), "subject": cell.label])
      + (panel.finding.map { " " + $0.text(in: strings) } ?? "")
    let alt =
      cell.difference.map {
        strings(.differenceAlt, ["first": $0.first, "second": $0.second, "map": subject])
      } ?? subject
    let name = cell.fileName
    if let map = panel.map {
      maps.maps[id] = FigureMaps.Map(
        method: method.name, isDifference: cell.difference != nil, width: map.width, height: map.height, view: map.view,
        values: map.values)
    }
    let notes = [
      isAlone && cell.difference == nil ? cell.row.subject.shortText(strings) : nil, panel.box?.text(in: strings),
      cell.difference.map {
        strings(asked.scale == .shared ? .differenceShared : .differenceOwn, ["second": $0.second])
      },
    ]
    let liesOverPhoto = panel.overlay != nil || !panel.boxes.isEmpty
    return Figure.Panel(
      id: id, title: cell.title(columns, in: strings), method: method.name, isDifference: cell.difference != nil,
      picture: view(of: panel.picture, name: name, alt: alt, request, inSizes: !liesOverPhoto || isCover),
      photo: liesOverPhoto ? photo(of: cell, request) : nil,
      overlay: panel.overlay.map { view(of: $0, name: name + "-map", alt: alt, request, inSizes: isCover) },
      boxes: panel.boxes.map {
        Figure.Box(x: $0.x, y: $0.y, width: $0.width, height: $0.height, isDrawn: $0.isReference)
      }, legend: legend(of: panel, cell, asked, highest), note: notes.compactMap { $0 }.joinedIfAny(", "),
      evidence: evidence(of: panel, cell, name, request))
  }

  private mutating func evidence(
    of panel: FigureRecord.Panel, _ cell: FigureGrid.Cell, _ name: String, _ request: FigureRequest
  ) -> Figure.Evidence? {
    guard let evidence = panel.evidence else { return nil }
    let subject = "\(strings.title(of: cell.method.name)), \(cell.label)"
    let sensitivity = evidence.classSensitivity
    return Figure.Evidence(
      deletion: evidence.faithfulness.deletionAuc, insertion: evidence.faithfulness.insertionAuc,
      probability: cell.row.verdict == nil
        ? nil : (evidence.faithfulness.probability, evidence.faithfulness.maskedProbability),
      randomization: evidence.meanRandomization, sensitivity: sensitivity?.spearman,
      otherClass: sensitivity.map { cell.part.model.labels.entries[$0.class].names[0] },
      curves: path(of: evidence.curvesPlot(subject, strings), name: name + "-curves", request),
      depths: path(of: evidence.randomizationPlot(subject, strings), name: name + "-randomization", request),
      in: strings)
  }

  /// The strongest map of each method of a figure, and how many there are.
  private typealias Highest = [Saliency.Method: (value: Float, count: Int)]

  private func highest(in grid: FigureGrid) -> Highest {
    var highest: Highest = [:]
    for cell in grid.rows.flatMap({ $0 }) {
      guard let strength = cell.panel?.strength else { continue }
      let known = highest[cell.method] ?? (0, 0)
      highest[cell.method] = (max(known.value, strength), known.count + 1)
    }
    return highest
  }

  /// The colour bar of a panel, where colours mean something.
  private func legend(
    of panel: FigureRecord.Panel, _ cell: FigureGrid.Cell, _ request: ExplainRequest, _ highest: Highest
  ) -> Figure.Legend? {
    guard let range = panel.range else { return nil }
    let method = cell.method
    guard cell.difference == nil else { return Figure.Legend(.coolwarm, blend: request.blend, range, in: strings) }
    let colors: Colormap? =
      switch method.name.picture {
      case .heatMap: request.colormap
      case .signedMap: .coolwarm
      case .gradient, .boxes: nil
      }
    // A map of its own scale is as red as any other at its highest place: how strong it is beside them must be said.
    let isShared = request.scale == .shared
    let limit = highest[method].flatMap { $0.count > 1 && $0.value > 0 ? $0.value : nil }
    let share = panel.strength.flatMap { strength in limit.map { Double(strength) / Double($0) } }
    return Figure.Legend(
      colors, blend: request.blend, range, share: isShared || share.map { $0 < 1 } == true ? share : nil,
      isShared: isShared, in: strings)
  }

  // MARK: - Pictures

  mutating func photo(of cell: FigureGrid.Cell, _ request: FigureRequest) -> Figure.Picture {
    let asked = cell.part.plan.request
    return view(
      of: cell.photo, name: "photo", alt: asked.alt ?? strings(.photoAlt, ["name": asked.image.value.name]), request,
      inSizes: true)
  }

  /// - Parameter inSizes: whether the page shows it, or a list shows it small; else it is only led to.
  mutating func view(
    of picture: FigureRecord.Picture, name: String, alt: String, _ request: FigureRequest, inSizes: Bool = false
  ) -> Figure.Picture {
    let path = path(of: picture.key, name: name, picture.format.fileExtension, request)
    let copies = (inSizes ? picture.sizes : []).map { size in
      Figure.Picture.Copy(
        path: self.path(of: size.key, name: "\(name)-\(size.width)", picture.format.fileExtension, request),
        width: size.width, height: size.height)
    }
    return Figure.Picture(path: path, width: picture.width, height: picture.height, alt: alt, copies: copies)
  }

  /// Of a plot, which is words in good part and so made with the page's other words.
  private mutating func path(of plot: LinePlot, name: String, _ request: FigureRequest) -> String {
    let bytes = Array(plot.svg.utf8)
    let key = StoreKey(contents: bytes)
    if let path = paths[key] { return path }
    let path = Self.path(of: key, name: name, "svg", request)
    paths[key] = path
    files.append(File(path: path, contents: .bytes(bytes), origin: request.location.description))
    return path
  }

  private static func path(
    of key: StoreKey, name: String, _ fileExtension: String, _ request: FigureRequest
  ) -> String { "\(request.pictureFolder)/\(name)-\(key.hex.prefix(12)).\(fileExtension)" }

  /// What it shows, for people, and the hash of its bytes: what a browser has kept under a name is what stands there.
  mutating func path(
    of key: StoreKey, name: String, _ fileExtension: String, _ request: FigureRequest
  ) -> String {
    if let path = paths[key] { return path }
    let path = Self.path(of: key, name: name, fileExtension, request)
    paths[key] = path
    files.append(File(path: path, contents: .stored(key), origin: request.location.description))
    return path
  }
}

extension [String] {
  /// The texts with something between them; `nil` where there is none.
  fileprivate func joinedIfAny(_ separator: String) -> String? { isEmpty ? nil : joined(separator: separator) }
}

extension FigureRecord {
  /// Whether the scores of the classes came out as probabilities already.
  fileprivate var areProbabilities: Bool {
    let verdicts = rows.compactMap(\.verdict)
    return !verdicts.isEmpty && verdicts.allSatisfy { $0.logit == $0.probability }
  }
}

extension FigureRecord.Subject {
  /// What the network says of it in a few characters.
  fileprivate func shortText(_ strings: Strings) -> String {
    switch self {
    case .class(let verdict): strings.numbers.percentage(Double(verdict.probability))
    case .target(_, let value): strings.numbers.signed(Double(value))
    }
  }
}
