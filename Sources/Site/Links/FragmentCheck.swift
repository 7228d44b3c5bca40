import Diagnostics

/// Looks for the places on pages that links lead to.
struct FragmentCheck {
  /// A page that links lead to.
  struct LinkedPage: Sendable {
    /// Its path in the output.
    let output: String
    /// The file that it is made from, as the user knows it.
    let file: String
    /// The ids that stand on it; of figures and evaluations, those of the whole ones.
    let ids: Set<String>

    /// Whether there is such a place on the page.
    fileprivate func has(_ fragment: String) -> Bool {
      // The top of a page has a name in every browser, and so has a piece of its text.
      if fragment.isEmpty || fragment == "top" || fragment.hasPrefix(":~:") || ids.contains(fragment) { return true }
      // How many rows a figure has is known when it has been computed, see `SiteRenderer.missingPlaces`.
      return PageIDs.block(FragmentLink.place(of: fragment)).map(ids.contains) ?? false
    }
  }

  private let pages: [String: LinkedPage]

  init(_ pages: [LinkedPage]) {
    self.pages = Dictionary(pages.map { ($0.output, $0) }) { first, _ in first }
  }

  /// A warning where `link` leads to a place that its page does not have.
  func fault(of link: FragmentLink) -> Diagnostic? {
    guard let page = pages[link.page], !page.has(link.fragment) else { return nil }
    return Self.fault(of: link, on: page.file, knowing: page.ids.sorted())
  }

  /// The warning that a place is not there.
  ///
  /// - Parameters:
  ///   - file: the file of the page.
  ///   - ids: what can be meant instead.
  static func fault(of link: FragmentLink, on file: String, knowing ids: [String]) -> Diagnostic {
    let near = Suggestion.nearest(to: link.place, in: ids)
    let rule =
      PageIDs.figureNumber(link.place) == nil
      ? "The id of a heading is its words in lower case with hyphens between."
      : ids.contains(PageIDs.figure(1))
        ? "Figures are counted from “#\(PageIDs.figure(1))”, their rows from “#\(PageIDs.row(1, ofFigure: 1))”."
        : "The page has no figures."
    return .warning(
      "There is no “#\(link.fragment)” on \(file == link.location.file ? "this page" : file).", at: link.location,
      hint: near.map { "Did you mean “#\($0)”?" } ?? rule)
  }
}
