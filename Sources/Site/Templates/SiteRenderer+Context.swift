import Files
import Foundation

extension SiteRenderer {
  /// What every page knows of the site.
  func siteContext(_ linker: PageLinker) -> SiteContext {
    let configuration = content.configuration
    return SiteContext(
      title: configuration.title, description: configuration.description, language: configuration.language,
      author: configuration.author, home: linker.link(to: "index.html"), style: linker.link(to: "style.css"),
      feed: frame.hasFeed ? linker.link(to: "feed.xml") : nil, icon: frame.icon.map { linker.link(to: $0) },
      navigation: navigation(linker))
  }

  private func navigation(_ linker: PageLinker) -> [LinkContext] {
    content.menu.map { entry in
      var link = LinkContext(title: entry.title, url: linker.link(to: entry.address))
      if case .file(linker.path, _) = entry.address { link.isCurrent = true }
      return link
    }
  }

  /// What the template of `page` knows of it.
  func details(of page: Page, _ linker: PageLinker) -> PageDetails {
    let configuration = content.configuration
    let picture = cover(of: page).flatMap { cover in
      PageLinker.canonical(cover.map?.path ?? cover.photo.path, site: configuration.url)
        .map { PictureContext(cover.map ?? cover.photo, url: $0) }
    }
    var details = PageDetails(
      title: page.title,
      windowTitle: page.kind == .home ? page.title : "\(page.title) · \(configuration.title)",
      summary: page.summary, description: page.summary ?? configuration.description,
      canonical: PageLinker.canonical(page.outputPath, site: configuration.url), picture: picture,
      date: page.date.map { DateContext($0, language: configuration.language) },
      tags: page.kind == .experiment
        ? page.tags.map { tag in
          LinkContext(title: tag, url: linker.link(to: "experiments.html") + "#" + frame.tagIDs[tag])
        } : [],
      isArticle: page.kind == .experiment)
    if let index = frame.positions[ExactPath(page.sourcePath)] {
      func link(_ index: Int) -> LinkContext? {
        guard content.experiments.indices.contains(index) else { return nil }
        let neighbour = content.experiments[index]
        return LinkContext(title: neighbour.title, url: linker.link(to: neighbour.outputPath))
      }
      details.newer = link(index - 1)
      details.older = link(index + 1)
    }
    return details
  }

  /// The details of a page that no file of the content stands for.
  func details(titled title: String, at path: String?) -> PageDetails {
    let configuration = content.configuration
    return PageDetails(
      title: title, windowTitle: "\(title) · \(configuration.title)", summary: nil,
      description: configuration.description,
      canonical: path.flatMap { PageLinker.canonical($0, site: configuration.url) }, picture: nil, date: nil, tags: [],
      isArticle: false)
  }

  /// `page` in a list.
  func card(_ page: Page, _ linker: PageLinker) -> CardContext {
    func picture(_ view: PictureView?) -> PictureContext? {
      view.map { PictureContext($0, url: linker.link(to: $0.path)) }
    }
    let cover = cover(of: page)
    return CardContext(
      title: page.title, url: linker.link(to: page.outputPath), summary: page.summary,
      date: page.date.map { DateContext($0, language: content.configuration.language) },
      photo: picture(cover?.photo), map: picture(cover?.map))
  }

  /// The pictures that stand for a page: the photo of its first figure and the map that tells most at a small size.
  private func cover(of page: Page) -> (photo: PictureView, map: PictureView?)? {
    guard let figure = page.requests.first.flatMap({ figures[$0.id] }) else { return nil }
    let panels = figure.rows.first?.panels ?? []
    let order: [Method] = [.gradCAM, .cam, .counterfactual, .localization]
    let map = order.lazy.compactMap { method in panels.first { $0.method == method } }.first ?? panels.first
    return (figure.photo, map?.picture)
  }

  /// All tags by name, each with its experiments.
  func tags(_ linker: PageLinker) -> [TagContext] {
    var pages: [String: [LinkContext]] = [:]
    for page in content.experiments {
      let link = LinkContext(title: page.title, url: linker.link(to: page.outputPath))
      for tag in page.tags { pages[tag, default: []].append(link) }
    }
    return frame.tags.map { TagContext(name: $0, id: frame.tagIDs[$0], pages: pages[$0] ?? []) }
  }
}
