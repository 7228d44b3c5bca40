public import Diagnostics
import Files
import Foundation

extension SiteRenderer {
  private static let searchPage = (path: "search.html", origin: "the page for searching")
  private static let searchIndex = (path: "search-index.js", origin: "the index for searching")

  /// The paths of the page for searching and of its index, and what they are called.
  var searchNames: [(path: String, origin: String)] { [Self.searchPage, Self.searchIndex] }

  /// The link to the page for searching, as it stands on a page.
  func searchLink(_ linker: PageLinker, _ strings: Strings) -> LinkContext {
    let path = Self.searchPage.path
    return LinkContext(title: strings(.search), url: .file(path), isCurrent: linker.path == path)
  }

  /// The page for searching, with all pages by title.
  func searchFile() throws(Diagnostic) -> OutputFile {
    let linker = PageLinker(path: Self.searchPage.path)
    var context = PageContext(
      site: siteContext(linker, siteStrings), page: details(titled: siteStrings(.search), at: linker.path))
    context.search = SearchContext(
      index: .file(Self.searchIndex.path), script: .file("search.js"),
      pages: content.allPages.byTitle(siteStrings.locale).map {
        LinkContext(title: $0.title, url: .file($0.outputPath))
      })
    return try file(linker, "search", context, from: Self.searchPage.origin, isList: true)
  }

  /// The index in which that page looks words up.
  func searchIndexFile() throws(Diagnostic) -> OutputFile {
    let index = SearchIndex(content.allPages, PageLinker(path: Self.searchPage.path))
    return OutputFile(
      path: Self.searchIndex.path, text: try index.script, origin: Self.searchIndex.origin, isList: true)
  }
}

extension [Page] {
  /// As people look titles up: neither case nor accents count, and 10 comes behind 9.
  fileprivate func byTitle(_ locale: Locale) -> [Page] {
    map { (title: $0.title.folding(options: .diacriticInsensitive, locale: nil), page: $0) }.sorted { first, second in
      switch first.title.compare(second.title, options: [.caseInsensitive, .numeric], range: nil, locale: locale) {
      case .orderedAscending: true
      case .orderedDescending: false
      case .orderedSame: ExactPath(first.page.outputPath) < ExactPath(second.page.outputPath)
      }
    }.map(\.page)
  }
}

/// What the template of the page for searching sees.
struct SearchContext: TemplateView {
  /// The address of the index, a script.
  let index: SiteAddress
  /// The address of the script that looks words up.
  let script: SiteAddress
  /// All pages of the content, by title.
  let pages: [LinkContext]
}
