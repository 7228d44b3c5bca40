import Saliency
import Site

/// The scales that the parts of figures share: known when each part has been computed by itself.
struct SharedScales {
  /// The groups of those parts, with their scales.
  private(set) var groups: [GalleryPlan.Group] = []

  /// - Parameter records: the parts, each on a scale of its own. A figure of which a part is missing is left out.
  init(_ groups: [GalleryPlan.Group], _ records: [ExplainRequest.ID: FigureRecord]) {
    var limits: [FigureRequest.ID: [Saliency.Method: Float]] = [:]
    var counts: [FigureRequest.ID: Int] = [:]
    for figure in groups.flatMap(\.figures) where figure.partCount > 1 && figure.request.scale == .shared {
      guard let record = records[figure.request.id] else { continue }
      let id = figure.request.id.figure
      counts[id, default: 0] += 1
      limits[id, default: [:]].merge(record.strengths(of: figure), uniquingKeysWith: max)
    }
    for var group in groups {
      group.figures = group.figures.compactMap { figure in
        let id = figure.request.id.figure
        guard let limits = limits[id], counts[id] == figure.partCount else { return nil }
        var figure = figure
        figure.limits = limits
        return figure
      }
      if !group.figures.isEmpty { self.groups.append(group) }
    }
  }
}
