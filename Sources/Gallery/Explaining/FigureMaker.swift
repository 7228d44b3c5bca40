import Diagnostics
import Imaging
import Network
import Saliency
import Site

/// Makes the figures of one picture under one model: one forward run for all of them.
struct FigureMaker {
  let model: LoadedModel
  let image: Image
  private let prepared: PreparedInput
  private let explainer: Explainer

  /// Runs the network on `image`.
  init(_ model: LoadedModel, image: Image, figures: [PlannedFigure]) throws {
    self.model = model
    self.image = image
    prepared = model.input.prepare(image)
    explainer = try Explainer(
      model.network, input: prepared.tensor, layers: figures.flatMap { $0.layers.map(\.layer) })
  }

  /// A figure's view and its picture files.
  func figure(_ plan: PlannedFigure) throws -> (FigureView, [OutputFile]) {
    let request = plan.request
    let classes =
      switch plan.classes {
      case .indices(let indices): indices
      case .top(let count): explainer.topClasses(count)
      }
    let view = prepared.view(of: image)
    let painter = PanelPainter(
      view: view, prepared: prepared, channels: model.input.channels,
      colormap: Colormap(rawValue: request.colormap.rawValue) ?? .turbo, opacity: Float(request.opacity))
    let explanations = try explainer.explain(classes, layers: plan.layers.map(\.layer), methods: Set(plan.methods))
    var files = FigureFiles(request)
    let photo = try files.add(view, name: "photo", alt: request.alt ?? "The photo \(request.image.value.name).")
    var rows: [RowView] = []
    for explanation in explanations {
      let set = PanelSet(
        painter: painter, threshold: Float(request.threshold),
        referenceBoxes: plan.boxes.filter { $0.classIndex ?? explanation.classIndex == explanation.classIndex }.map(
          \.box))
      for index in plan.layers.isEmpty ? [nil] : plan.layers.indices.map(Optional.some) {
        let panels = try set.panels(explanation, at: index.map { explanation.maps[$0] }, methods: plan.methods)
        rows.append(try row(explanation, panels, index.map { plan.layers[$0] }, plan, &files))
      }
    }
    let figure = FigureView(
      photo: photo, modelTitle: model.title, modelName: request.model.value, rows: rows, caption: request.caption,
      notes: model.notes(for: plan.methods))
    return (figure, files.all)
  }

  private func row(
    _ explanation: Explanation, _ panels: [Panel], _ layer: (layer: Layer, reason: String)?, _ plan: PlannedFigure,
    _ files: inout FigureFiles
  ) throws -> RowView {
    let entry = model.labels.entries[explanation.classIndex]
    let label = entry.names[0]
    let views = try panels.map { panel in
      let method = Site.Method(rawValue: panel.method.rawValue) ?? .gradCAM
      var name = "\(explanation.classIndex)-\(panel.method.rawValue)"
      if panel.method.needsLayer, plan.layers.count > 1, let layer { name += "-\(fileName(layer.layer.name))" }
      let picture = try files.add(
        panel.picture, name: name, alt: "\(method.title) for \(label)." + (panel.warning.map { " \($0)" } ?? ""))
      return PanelView(
        method: method, picture: picture, colormap: panel.isHeatmap ? plan.request.colormap : nil, note: panel.remark)
    }
    return RowView(
      label: label, index: explanation.classIndex, synset: entry.synset, logit: Double(explanation.logit),
      probability: Double(explanation.probability), rank: explanation.rank, layer: layer?.layer.name,
      layerReason: layer?.reason, panels: views, notes: panels.compactMap(\.warning))
  }
}

/// The picture files of one figure, each under a name that says what it is.
private struct FigureFiles {
  private let folder: String
  private let origin: String
  private var views: [String: PictureView] = [:]
  private(set) var all: [OutputFile] = []

  init(_ request: ExplainRequest) {
    let page = request.id.page.hasSuffix(".md") ? String(request.id.page.dropLast(3)) : request.id.page
    folder = "explanations/\(page)/\(request.id.number)"
    origin = request.location.description
  }

  /// Adds a picture, once for each name: the rows of several layers share what looks at none.
  mutating func add(_ picture: Image, name: String, alt: String) throws -> PictureView {
    if let known = views[name] { return known }
    let path = "\(folder)/\(name).png"
    all.append(OutputFile(path: path, contents: try picture.pngData(), origin: origin))
    let view = PictureView(path: path, width: picture.width, height: picture.height, alt: alt)
    views[name] = view
    return view
  }
}

/// `name` with everything replaced that does not belong in a file name.
func fileName(_ name: String) -> String {
  String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "_" })
}
