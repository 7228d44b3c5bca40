import Diagnostics

extension SiteRenderer {
  /// The pages of all pictures, classes and tags of the collections of the site.
  var collectionPages: [CollectionPages] {
    content.allPages.flatMap { page in
      page.figures.compactMap { request in
        collections[request.id].map { CollectionPages($0, on: page, strings(of: page)) }
      }
    }
  }

  /// The page of a picture, a class or a tag.
  func file(_ subject: CollectionPages.Subject, of pages: CollectionPages) throws(Diagnostic) -> OutputFile {
    let linker = PageLinker(path: pages.path(of: subject))
    let page = details(of: subject, pages, at: linker.path)
    let strings = pages.index.strings
    let site = siteContext(linker, strings)
    let origin = pages.parent.location.file
    switch subject {
    case .picture(let place):
      let picture = pages.index.collection.pictures[pages.order[place]]
      let details = PictureDetails(pages.index, order: pages.order, at: place, parent: pages.link)
      let figure = picture.figure.on(
        pages.parent, picture: LinkContext(title: picture.title, url: .file(linker.path)),
        of: frame(in: pages.parent.language).configuration, strings)
      return try remembered(
        linker, "picture", PictureContext(site: site, page: page, picture: details), figures: [figure], from: origin
      ) { context throws(Diagnostic) in
        context.body = MarkupText.cleaned(try templates.render("figure", figure, linker, strings))
      }
    case .class(let label):
      let group = PictureGroup(ofClass: label, pages.index, parent: pages.link)
      return try remembered(linker, "pictures", PictureGroupContext(site: site, page: page, group: group), from: origin)
    case .tag(let tag):
      let group = PictureGroup(ofTag: tag, pages.index, parent: pages.link)
      return try remembered(linker, "pictures", PictureGroupContext(site: site, page: page, group: group), from: origin)
    }
  }

  private func details(
    of subject: CollectionPages.Subject, _ pages: CollectionPages, at path: String
  ) -> PageDetails {
    let configuration = frame(in: pages.parent.language).configuration
    let title = pages.title(of: subject)
    return PageDetails(
      language: pages.parent.language, locale: LanguageTag.openGraph(pages.parent.language), title: title,
      windowTitle: "\(title) · \(pages.parent.title)", summary: nil,
      description: pages.parent.summary ?? configuration.description,
      canonical: PageLinker.canonical(path, site: configuration.url),
      picture: pages.cover(of: subject)?.canonical(at: configuration.url),
      date: nil, tags: [], isArticle: false)
  }

  /// The collections of a page as its text shows them, by the numbers of their blocks.
  func collectionHTML(of page: Page, _ linker: PageLinker) throws(Diagnostic) -> [Int: String] {
    var html: [Int: String] = [:]
    for request in page.figures {
      guard let collection = collections[request.id] else { continue }
      html[request.id.number] = try templates.render(
        "collection", CollectionView(collection, strings(of: page)), linker, strings(of: page))
    }
    return html
  }
}
