public import Diagnostics

extension SiteRenderer {
  /// A warning for each link to a row or panel that its figure does not have: what a figure has is known once it has been made.
  public var missingPlaces: [Diagnostic] {
    let pages = Dictionary(content.allPages.map { ($0.outputPath, $0) }) { first, _ in first }
    return content.figureLinks.compactMap { link in
      guard let page = pages[link.page], let number = PageIDs.figureNumber(link.place) else { return nil }
      let figure = figures[FigureRequest.ID(page: page.sourcePath, number: number)]
      guard let ids = figure?.ids, !ids.contains(link.place) else { return nil }
      return FragmentCheck.fault(of: link, on: page.location.file, knowing: ids)
    }
  }
}

extension Figure {
  /// The ids of its rows and panels, and its own.
  fileprivate var ids: [String] { [id] + rows.flatMap { [$0.id] + $0.panels.map(\.id) } }
}
