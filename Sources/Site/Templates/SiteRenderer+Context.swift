import Files
import Foundation

extension SiteRenderer {
  /// What the page whose addresses `linker` makes knows of the site.
  ///
  /// - Parameter strings: the words of the interface, in the page’s language.
  func siteContext(_ linker: PageLinker, _ strings: Strings) -> SiteContext {
    let frame = frame(in: strings.language)
    let configuration = frame.configuration
    return SiteContext(
      title: configuration.title, description: configuration.description, language: configuration.language,
      author: configuration.author, home: .file(frame.home), style: .file("style.css"),
      script: .file("script.js"), feed: frame.hasFeed ? .file(frame.feed) : nil, icon: frame.icon.map { .file($0) },
      navigation: (content.menus[frame.language] ?? []).map { entry in
        var link = LinkContext(title: entry.title.words(in: strings), url: entry.address, language: entry.language)
        if case .file(linker.path, _) = entry.address { link.isCurrent = true }
        return link
      }, languages: languages(at: linker.path, in: frame.language), search: searchLink(linker, strings),
      footer: content.footers[frame.language]?.html(linker))
  }

  /// What the template of `page` knows of it.
  func details(of page: Page) -> PageDetails {
    let frame = frame(in: page.language)
    let configuration = frame.configuration
    let (strip, cover) = (strips[ExactPath(page.sourcePath)], cover(of: page))
    let picture = (strip?.told(like: cover) ?? cover)?.canonical(at: configuration.url)
    var details = PageDetails(
      language: page.language, locale: LanguageTag.openGraph(page.language),
      alternates: alternates(of: page.outputPath),
      title: page.title,
      windowTitle: page.kind == .home ? page.title : "\(page.title) · \(configuration.title)",
      summary: page.summary, description: page.summary ?? configuration.description,
      canonical: PageLinker.canonical(page.outputPath, site: configuration.url), picture: picture,
      pictureType: strip.map { _ in "image/jpeg" },
      date: page.date.map { DateContext($0, strings(of: page)) },
      tags: page.kind == .experiment
        ? page.tags.map { tag in
          LinkContext(title: tag, url: .file(frame.tagSlugs.path(of: tag)))
        } : [],
      isArticle: page.kind == .experiment)
    details.url = .file(page.outputPath)
    details.contents = page.contents
    if let index = frame.positions[ExactPath(page.sourcePath)] {
      func link(_ index: Int) -> LinkContext? {
        guard frame.experiments.indices.contains(index) else { return nil }
        let neighbour = frame.experiments[index]
        return LinkContext(title: neighbour.title, url: .file(neighbour.outputPath))
      }
      details.newer = link(index - 1)
      details.older = link(index + 1)
    }
    return details
  }

  /// The details of a page that no file of the content stands for.
  func details(titled title: String, at path: String?, in language: String) -> PageDetails {
    let configuration = frame(in: language).configuration
    return PageDetails(
      language: language, locale: LanguageTag.openGraph(language), alternates: path.map(alternates) ?? [],
      title: title, windowTitle: "\(title) · \(configuration.title)", summary: nil,
      description: configuration.description,
      canonical: path.flatMap { PageLinker.canonical($0, site: configuration.url) }, picture: nil,
      date: nil, tags: [], isArticle: false)
  }

  /// Pages in a list, each with a photo that no other one before it has, where it has such a photo.
  func cards(_ pages: [Page]) -> [CardContext] {
    var used: Set<String> = []
    return pages.map { page in
      let covers = covers(of: page)
      let cover = covers.first { !used.contains($0.photo.fileName) } ?? covers.first
      if let cover { used.insert(cover.photo.fileName) }
      return card(page, cover)
    }
  }

  private func card(_ page: Page, _ cover: Cover?) -> CardContext {
    CardContext(
      title: page.title, url: .file(page.outputPath), summary: page.summary,
      date: page.date.map { DateContext($0, strings(of: page)) },
      photo: cover?.photo.fitting(Self.cardWidth), map: cover?.map?.fitting(Self.cardWidth))
  }

  /// How wide a card is at most, in pixels of style sheets.
  private static let cardWidth = 400

  /// What can stand for a page: a photo, the map that tells most at a small size, and both in one picture.
  private typealias Cover = (photo: Figure.Picture, map: Figure.Picture?, whole: Figure.Picture?)

  /// The one picture that stands for a page outside of the site.
  func cover(of page: Page) -> Figure.Picture? { covers(of: page).first.map { $0.whole ?? $0.photo } }

  /// What can stand for a page, of each of its figures.
  private func covers(of page: Page) -> [Cover] {
    page.figures.flatMap { request -> [Figure.Row] in
      let all =
        figures[request.id].map { [$0] } ?? collections[request.id].map { Array($0.pictures.prefix(4).map(\.figure)) }
      return (all ?? []).compactMap(\.rows.first)
    }.compactMap { row in
      let panel = row.panels.first { $0.overlay != nil } ?? row.panels.first
      return (row.photo ?? panel?.photo).map { ($0, panel?.overlay ?? panel?.picture, panel?.picture) }
    }
  }

}
