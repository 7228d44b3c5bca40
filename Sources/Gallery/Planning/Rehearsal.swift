import Diagnostics
import Files
import Saliency
import Site
import Vocabulary

extension GalleryPlan {
  /// Renders every page as a build would, with figures whose pictures and numbers nobody has computed, and keeps nothing.
  ///
  /// - Returns: what is worth a look.
  /// - Throws: what rendering the site would complain of.
  func rehearse(jobs: Int) throws(DiagnosticList) -> [Diagnostic] {
    var views: [FigureRequest.ID: Figure] = [:]
    var collections: [FigureRequest.ID: Collection] = [:]
    for page in figuresByPage {
      var figures = PageFigures(hashes: nil, in: strings(of: page))
      for figure in page {
        figures.add(figure, figure.parts.map { FigureRecord(rehearsing: $0.plan, of: $0.model) })
      }
      views.merge(figures.views) { first, _ in first }
      collections.merge(figures.collections) { first, _ in first }
    }
    // Blocks without a figure have been complained of.
    var content = content
    content.leaveOutFigures { views[$0.id] == nil && collections[$0.id] == nil }
    let renderer = SiteRenderer(
      content: content, templates: templates, figures: views, collections: collections,
      evaluations: evaluations, models: modelViews)
    try renderer.render(jobs: jobs) { _ in }
    return renderer.missingPlaces
  }
}

extension FigureRecord {
  /// A record with the rows and panels of a figure, and nothing in them.
  fileprivate init(rehearsing figure: PlannedFigure, of model: LoadedModel) {
    var count = 0
    func picture(_ format: PictureFormat) -> Picture {
      count += 1
      return Picture(
        key: StoreKey("rehearsal", [String(count)]), format: format, width: model.input.width,
        height: model.input.height)
    }
    let best = Array(0..<min(figure.classes.top, model.labels.entries.count))
    let classes = figure.classes.indices(best: best)
    let subjects =
      classes.map { Subject.class(Verdict(index: $0, logit: 0, probability: 0, rank: 1)) }
      + figure.targets.indices.map { Subject.target($0, value: 0) }
    let photo = picture(.jpeg)
    let layers = figure.layers.isEmpty ? [nil] : figure.layers.indices.map(Optional.some)
    let rows = subjects.flatMap { subject in
      layers.map { layer in
        Row(
          subject: subject, layer: layer,
          panels: figure.methods.enumerated().map { index, method in
            Panel(
              method: index, picture: picture(method.name.picture == .gradient ? .png : .jpeg),
              overlay: method.name.picture.isMap ? picture(.png) : nil, box: nil, finding: nil)
          }, findings: [])
      }
    }
    self.init(photo: photo, rows: rows)
  }
}
