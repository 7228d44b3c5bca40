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

  private(set) var views: [ExplainRequest.ID: Figure] = [:]
  /// Pictures that are the same are one file.
  private(set) var files: [File] = []
  private var paths: [StoreKey: String] = [:]

  /// Adds a figure.
  mutating func add(_ record: FigureRecord, _ plan: PlannedFigure, _ model: LoadedModel) {
    let request = plan.request
    let photo = view(
      of: record.photo, name: "photo", alt: request.alt ?? "The photo \(request.image.value.name).", request)
    views[request.id] = Figure(
      number: request.id.number, modelTitle: model.title, modelName: request.model.value,
      rows: record.rows.enumerated().map { row($1, number: $0 + 1, photo, plan, model) }, caption: request.caption,
      notes: model.notes(
        for: plan.methods, layers: plan.layers.map(\.layer),
        areProbabilities: record.rows.allSatisfy { $0.logit == $0.probability }))
  }

  private mutating func row(
    _ row: FigureRecord.Row, number: Int, _ photo: Figure.Picture, _ plan: PlannedFigure, _ model: LoadedModel
  ) -> Figure.Row {
    let entry = model.labels.entries[row.classIndex]
    let label = entry.names[0]
    let layer = row.layer.map { plan.layers[$0] }
    let panels = row.panels.map { panel in
      let method = plan.methods[panel.method]
      var name = "\(row.classIndex)-\(method.id)"
      if method.needsLayer, plan.layers.count > 1, let layer { name += "-\(FileNames.plain(layer.layer.name))" }
      let alt = "\(method.name.title) for \(label)." + (panel.finding.map { " \($0.text)" } ?? "")
      return Figure.Panel(
        method: method.name, picture: view(of: panel.picture, name: name, alt: alt, plan.request),
        colormap: panel.isHeatmap ? plan.request.colormap : nil, note: panel.box?.text)
    }
    return Figure.Row(
      number: number, ofFigure: plan.request.id.number, photo: photo, label: label, index: row.classIndex,
      synset: entry.synset, logit: Double(row.logit),
      probability: Double(row.probability), rank: row.rank, layer: layer?.layer.name, layerReason: layer?.reason,
      panels: panels, notes: (row.panels.compactMap(\.finding) + row.findings).map(\.text))
  }

  private mutating func view(
    of picture: FigureRecord.Picture, name: String, alt: String, _ request: ExplainRequest
  ) -> Figure.Picture {
    let path = paths[picture.key] ?? newPath(of: picture, name: name, request)
    return Figure.Picture(path: path, width: picture.width, height: picture.height, alt: alt)
  }

  /// What it shows, for people, and the hash of its bytes: what a browser has kept under a name is what stands there.
  private mutating func newPath(of picture: FigureRecord.Picture, name: String, _ request: ExplainRequest) -> String {
    let file = "\(name)-\(picture.key.hex.prefix(12)).\(picture.format.fileExtension)"
    let path = "\(request.pictureFolder)/\(file)"
    paths[picture.key] = path
    files.append(File(path: path, picture: picture, origin: request.location.description))
    return path
  }
}
