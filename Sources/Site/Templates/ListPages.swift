/// The pages of one list: where they are, and what stands on each.
///
/// It follows from the number of entries alone, so that another text of one entry changes the one page on which it stands.
struct ListPages: Hashable, Sendable {
  /// The path of the first page without its ending, such as `experiments`; further ones lie in the folder of that name.
  let base: String
  /// Number of entries.
  let count: Int
  /// The most entries of a page, at least 1.
  let size: Int

  /// How many pages there are: one where there is no entry.
  var pageCount: Int { max(1, (count + size - 1) / size) }

  /// The path of a page, counted from 1, from the output folder.
  func path(_ number: Int) -> String { number == 1 ? base + ".html" : "\(base)/page-\(number).html" }

  /// The places of the entries of a page, counted from 0.
  func places(_ number: Int) -> Range<Int> { min((number - 1) * size, count)..<min(number * size, count) }

  /// The way from a page to the others; `nil` where there is one alone.
  func pager(at number: Int) -> PagerContext? {
    guard pageCount > 1 else { return nil }
    func address(_ number: Int) -> SiteAddress? {
      (1...pageCount).contains(number) ? .file(path(number)) : nil
    }
    var pages: [PagerContext.Entry] = []
    for other in 1...pageCount where [1, pageCount].contains(other) || abs(other - number) <= 2 {
      if let last = pages.last?.number, other > last + 1 {
        // A page that is left out alone takes no more room than the mark in its place.
        let isOne = other == last + 2
        pages.append(PagerContext.Entry(number: last + 1, url: isOne ? address(last + 1) : nil))
      }
      pages.append(PagerContext.Entry(number: other, url: address(other), isCurrent: other == number))
    }
    return PagerContext(previous: address(number - 1), next: address(number + 1), pages: pages)
  }
}

/// The way from page to page of a list.
struct PagerContext: TemplateView {
  /// The page before.
  let previous: SiteAddress?
  /// The page behind.
  let next: SiteAddress?
  /// The first page, the last one, and those around the one that is shown.
  let pages: [Entry]

  /// A page, or the mark for several that are left out.
  struct Entry: TemplateView {
    /// Its number, from 1.
    let number: Int
    /// Where it is; `nil` for the mark.
    let url: SiteAddress?
    /// Whether it is the one that is shown.
    var isCurrent = false
  }
}
