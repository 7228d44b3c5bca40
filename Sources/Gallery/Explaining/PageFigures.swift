import Diagnostics
import Network
import Saliency
import Site

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
  private var names = FileNames()

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
      // The two rooms spell the methods alike.
      let method = Site.Method(rawValue: panel.method) ?? .gradCAM
      var name = "\(row.classIndex)-\(panel.method)"
      if Saliency.Method(rawValue: panel.method)?.needsLayer == true, plan.layers.count > 1, let layer {
        name += "-\(FileNames.plain(layer.layer.name))"
      }
      let alt = "\(method.title) for \(label)." + (panel.warning.map { " \($0)" } ?? "")
      return Figure.Panel(
        method: method, picture: view(of: panel.picture, name: name, alt: alt, plan.request),
        colormap: panel.isHeatmap ? plan.request.colormap : nil, note: panel.remark)
    }
    return Figure.Row(
      number: number, ofFigure: plan.request.id.number, photo: photo, label: label, index: row.classIndex,
      synset: entry.synset, logit: Double(row.logit),
      probability: Double(row.probability), rank: row.rank, layer: layer?.layer.name, layerReason: layer?.reason,
      panels: panels, notes: row.panels.compactMap(\.warning) + row.findings)
  }

  private mutating func view(
    of picture: FigureRecord.Picture, name: String, alt: String, _ request: ExplainRequest
  ) -> Figure.Picture {
    let path = paths[picture.key] ?? newPath(of: picture, name: name, request)
    return Figure.Picture(path: path, width: picture.width, height: picture.height, alt: alt)
  }

  private mutating func newPath(
    of picture: FigureRecord.Picture, name: String, _ request: ExplainRequest
  ) -> String {
    let stem = names.unique("\(request.pictureFolder)/\(name)")
    let path = "\(stem).\(picture.format.fileExtension)"
    paths[picture.key] = path
    files.append(File(path: path, picture: picture, origin: request.location.description))
    return path
  }
}
