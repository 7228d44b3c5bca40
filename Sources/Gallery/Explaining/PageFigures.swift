import Diagnostics
import NeuralNetwork
import Saliency
import Site
import Vocabulary

/// The figures of one page, with their words, and the files of their pictures.
struct PageFigures {
  /// A picture of the page and the path under which it is written.
  struct File {
    let path: String
    let picture: FigureRecord.Picture
    /// What it was made from, for messages.
    let origin: String
  }

  private(set) var views: [FigureRequest.ID: Figure] = [:]
  /// Pictures that are the same are one file.
  private(set) var files: [File] = []
  private var paths: [StoreKey: String] = [:]

  /// Adds a figure.
  ///
  /// - Parameter records: each of its parts.
  mutating func add(_ figure: WholeFigure, _ records: [FigureRecord]) {
    guard let first = figure.parts.first?.plan.request else { return }
    let grid = FigureGrid(figure, records)
    var maps = FigureMaps(
      colormap: first.colormap, opacity: first.opacity, blend: first.blend, scale: first.scale,
      threshold: first.threshold)
    var contents = grid.rows.map(RowFacts.init)
    let common = contents.count > 1 ? RowFacts.takeOutCommon(of: &contents, varying: grid.varying) : []
    let rows = zip(grid.rows, contents).enumerated().map { index, row in
      view(of: row.0, row.1, number: index + 1, grid, figure.request, &maps)
    }
    views[figure.request.id] = Figure(
      number: figure.request.id.number, varies: grid.varying.count == 1 ? grid.varying[0] : nil, rows: rows,
      facts: common,
      models: figure.parts.map { Figure.ModelName(title: $0.model.title, name: $0.plan.request.model.value) }
        .withoutRepetitions,
      caption: figure.request.caption,
      notes: zip(figure.parts, records).flatMap { part, record in
        part.model.notes(
          for: part.plan.methods, layers: part.plan.layers.map(\.layer),
          areProbabilities: record.rows.allSatisfy { $0.logit == $0.probability })
      }.withoutRepetitions, maps: maps)
  }

  private mutating func view(
    of cells: [FigureGrid.Cell], _ facts: RowFacts, number: Int, _ grid: FigureGrid, _ request: FigureRequest,
    _ maps: inout FigureMaps
  ) -> Figure.Row {
    let photos = cells.map(\.photo).withoutRepetitions
    // First, for a panel without evidence is the same picture.
    let shared = photos.count == 1 ? cells.first.map { photo(of: $0, request) } : nil
    let panels = cells.compactMap { cell -> Figure.Panel? in
      view(of: cell, isAlone: facts.verdict == nil, row: number, grid.columns, request, &maps)
    }
    return Figure.Row(
      number: number, ofFigure: request.id.number, label: facts.label(varying: grid.varying, columns: grid.columns),
      probability: facts.verdict.map { Double($0.verdict.probability) }, facts: facts.facts, reason: facts.reason,
      photo: shared, panels: panels,
      notes: (cells.compactMap { $0.panel?.finding } + cells.flatMap(\.verdict.findings)).map(\.text)
        .withoutRepetitions)
  }

  private mutating func view(
    of cell: FigureGrid.Cell, isAlone: Bool, row: Int, _ columns: FigureAxis, _ request: FigureRequest,
    _ maps: inout FigureMaps
  ) -> Figure.Panel? {
    guard let panel = cell.panel else { return nil }
    let asked = cell.part.plan.request
    let method = cell.method
    let id = Figure.Panel.id(
      columns == .methods ? method.id : "\(method.id)-\(cell.place(along: columns) + 1)", row: row,
      figure: request.id.number)
    let alt = "\(method.name.title) for \(cell.label)." + (panel.finding.map { " \($0.text)" } ?? "")
    var name = "\(cell.verdict.classIndex)-\(method.id)"
    if method.needsLayer, cell.part.plan.layers.count > 1, let layer = cell.layer {
      name += "-\(FileNames.plain(layer.layer.name))"
    }
    if let map = panel.map {
      maps.maps[id] = FigureMaps.Map(
        method: method.name, width: map.width, height: map.height, view: map.view, values: map.values)
    }
    let notes = [isAlone ? Figure.Fact.percentage(Double(cell.verdict.probability)) : nil, panel.box?.text]
    let liesOverPhoto = panel.overlay != nil || !panel.boxes.isEmpty
    return Figure.Panel(
      id: id, title: cell.title(columns), method: method.name,
      picture: view(of: panel.picture, name: name, alt: alt, request),
      photo: liesOverPhoto ? photo(of: cell, request) : nil,
      overlay: panel.overlay.map { view(of: $0, name: name + "-map", alt: alt, request) },
      boxes: panel.boxes.map {
        Figure.Box(x: $0.x, y: $0.y, width: $0.width, height: $0.height, isDrawn: $0.isReference)
      }, legend: legend(of: panel, method, asked), note: notes.compactMap { $0 }.joinedIfAny(", "))
  }

  /// The colour bar of a panel, where colours mean something.
  private func legend(
    of panel: FigureRecord.Panel, _ method: Saliency.Method, _ request: ExplainRequest
  ) -> Figure.Legend? {
    guard let range = panel.range else { return nil }
    let colors: Colormap? =
      switch method.name.picture {
      case .heatMap: request.colormap
      case .signedMap: .coolwarm
      case .gradient, .boxes: nil
      }
    let share = panel.strength.map { Double($0) / range.upperBound }
    return Figure.Legend(colors, range, share: request.scale == .shared ? share : nil)
  }

  // MARK: - Pictures

  private mutating func photo(of cell: FigureGrid.Cell, _ request: FigureRequest) -> Figure.Picture {
    let asked = cell.part.plan.request
    return view(of: cell.photo, name: "photo", alt: asked.alt ?? "The photo \(asked.image.value.name).", request)
  }

  private mutating func view(
    of picture: FigureRecord.Picture, name: String, alt: String, _ request: FigureRequest
  ) -> Figure.Picture {
    let path = paths[picture.key] ?? newPath(of: picture, name: name, request)
    return Figure.Picture(path: path, width: picture.width, height: picture.height, alt: alt)
  }

  /// What it shows, for people, and the hash of its bytes: what a browser has kept under a name is what stands there.
  private mutating func newPath(of picture: FigureRecord.Picture, name: String, _ request: FigureRequest) -> String {
    let file = "\(name)-\(picture.key.hex.prefix(12)).\(picture.format.fileExtension)"
    let path = "\(request.pictureFolder)/\(file)"
    paths[picture.key] = path
    files.append(File(path: path, picture: picture, origin: request.location.description))
    return path
  }
}

extension [String] {
  /// The texts with something between them; `nil` where there is none.
  fileprivate func joinedIfAny(_ separator: String) -> String? { isEmpty ? nil : joined(separator: separator) }
}
