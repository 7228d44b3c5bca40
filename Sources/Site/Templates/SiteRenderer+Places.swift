public import Diagnostics

extension SiteRenderer {
  /// A warning for each link to a row, a panel or a card that its block does not have: what that has is known once it has been made.
  public var missingPlaces: [Diagnostic] {
    let pages = Dictionary(content.allPages.map { ($0.outputPath, $0) }) { first, _ in first }
    return content.blockLinks.compactMap { link in
      guard let page = pages[link.page] else { return nil }
      let figure = PageIDs.figureNumber(link.place).flatMap {
        figures[FigureRequest.ID(page: page.sourcePath, number: $0)]
      }
      let evaluation = PageIDs.evaluationNumber(link.place).flatMap {
        evaluations[EvaluationRequest.ID(page: page.sourcePath, number: $0)]
      }
      let collection = PageIDs.figureNumber(link.place).flatMap {
        collections[FigureRequest.ID(page: page.sourcePath, number: $0)]
      }
      guard let ids = figure?.ids ?? collection.map(CollectionView.ids) ?? evaluation?.ids, !ids.contains(link.place)
      else { return nil }
      return FragmentCheck.fault(of: link, on: page.location.file, knowing: ids)
    }
  }
}

extension Figure {
  /// The ids of its rows and panels, and its own.
  fileprivate var ids: [String] { [id] + rows.flatMap { [$0.id] + $0.panels.map(\.id) } }
}

extension EvaluationView {
  /// The ids of its cards, and its own.
  fileprivate var ids: [String] { [id] + cards.map(\.id) }
}
