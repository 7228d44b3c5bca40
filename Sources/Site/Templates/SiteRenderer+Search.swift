public import Diagnostics
import Files
import Foundation

extension SiteRenderer {
  private static let origin = "the page for searching"

  /// The paths of the pages for searching and of their indices, and what they are called.
  var searchNames: [(path: String, origin: String)] {
    frames.flatMap { [($0.search, Self.origin), ($0.searchIndex, "the index for searching")] }
  }

  /// The link to the page for searching, as it stands on a page.
  func searchLink(_ linker: PageLinker, _ strings: Strings) -> LinkContext {
    let path = frame(in: strings.language).search
    return LinkContext(title: strings(.search), url: .file(path), isCurrent: linker.path == path)
  }

  /// The page for searching in a language, with all of its pages by title, and the index in which words are looked up.
  func searchFiles(_ frame: SiteFrame) throws(Diagnostic) -> [OutputFile] {
    let linker = PageLinker(path: frame.search)
    let strings = strings(in: frame.language)
    let pages = content.allPages.filter { $0.language == frame.language }
    var context = PageContext(
      site: siteContext(linker, strings),
      page: details(titled: strings(.search), at: linker.path, in: frame.language))
    context.search = SearchContext(
      index: .file(frame.searchIndex), script: .file("search.js"),
      pages: pages.byTitle(strings.locale).map { LinkContext(title: $0.title, url: .file($0.outputPath)) })
    let page = try file(linker, "search", context, from: Self.origin, isList: true)
    let index = try SearchIndex(pages, linker).script
    return [page, OutputFile(path: frame.searchIndex, text: index, origin: Self.origin, isList: true)]
  }
}

extension SiteFrame {
  /// The path of its page for searching.
  var search: String { base + "search.html" }

  /// The path of the index in which that looks words up.
  var searchIndex: String { base + "search-index.js" }
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
