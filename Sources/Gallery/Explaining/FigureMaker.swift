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

  /// A figure's view; its pictures join `files`.
  func figure(_ plan: PlannedFigure, files: inout PictureFiles) throws -> FigureView {
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
    let photo = PictureView(
      view, path: try files.add(view, as: .jpeg, name: "photo", for: request),
      alt: request.alt ?? "The photo \(request.image.value.name).")
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
    return FigureView(
      photo: photo, modelTitle: model.title, modelName: request.model.value, rows: rows, caption: request.caption,
      notes: model.notes(for: plan.methods))
  }

  private func row(
    _ explanation: Explanation, _ panels: [Panel], _ layer: (layer: Layer, reason: String)?, _ plan: PlannedFigure,
    _ files: inout PictureFiles
  ) throws -> RowView {
    let entry = model.labels.entries[explanation.classIndex]
    let label = entry.names[0]
    let views = try panels.map { panel in
      let method = Site.Method(rawValue: panel.method.rawValue) ?? .gradCAM
      var name = "\(explanation.classIndex)-\(panel.method.rawValue)"
      if panel.method.needsLayer, plan.layers.count > 1, let layer { name += "-\(fileName(layer.layer.name))" }
      let picture = PictureView(
        panel.picture, path: try files.add(panel.picture, as: panel.format, name: name, for: plan.request),
        alt: "\(method.title) for \(label)." + (panel.warning.map { " \($0)" } ?? ""))
      return PanelView(
        method: method, picture: picture, colormap: panel.isHeatmap ? plan.request.colormap : nil, note: panel.remark)
    }
    return RowView(
      label: label, index: explanation.classIndex, synset: entry.synset, logit: Double(explanation.logit),
      probability: Double(explanation.probability), rank: explanation.rank, layer: layer?.layer.name,
      layerReason: layer?.reason, panels: views, notes: panels.compactMap(\.warning))
  }
}

extension PictureView {
  fileprivate init(_ picture: Image, path: String, alt: String) {
    self.init(path: path, width: picture.width, height: picture.height, alt: alt)
  }
}

/// `name` with everything replaced that does not belong in a file name.
func fileName(_ name: String) -> String {
  String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "_" })
}
