import Diagnostics

/// Looks for the places on pages that links lead to.
struct FragmentCheck {
  /// A page that links lead to.
  struct LinkedPage: Sendable {
    /// Its path in the output.
    let output: String
    /// The file that it is made from, as the user knows it.
    let file: String
    /// The ids that stand on it; of figures, those of the whole ones.
    let ids: Set<String>

    /// Whether there is such a place on the page.
    fileprivate func has(_ fragment: String) -> Bool {
      // The top of a page has a name in every browser, and so has a piece of its text.
      if fragment.isEmpty || fragment == "top" || fragment.hasPrefix(":~:") || ids.contains(fragment) { return true }
      // Behind a semicolon stands how a figure is looked at.
      let fragment = fragment.prefix { $0 != ";" }
      // How many rows a figure has is known when it has been computed.
      return PageIDs.figureNumber(String(fragment)).map { ids.contains(PageIDs.figure($0)) } ?? false
    }
  }

  private let pages: [String: LinkedPage]

  init(_ pages: [LinkedPage]) {
    self.pages = Dictionary(pages.map { ($0.output, $0) }) { first, _ in first }
  }

  /// A warning where `link` leads to a place that its page does not have.
  func fault(of link: FragmentLink) -> Diagnostic? {
    guard let page = pages[link.page], !page.has(link.fragment) else { return nil }
    let near = Suggestion.nearest(to: link.fragment, in: page.ids.sorted())
    return .warning(
      "There is no “#\(link.fragment)” on \(page.file == link.location.file ? "this page" : page.file).",
      at: link.location,
      hint: near.map { "Did you mean “#\($0)”?" }
        ?? "The id of a heading is its words in lower case with hyphens between.")
  }
}
