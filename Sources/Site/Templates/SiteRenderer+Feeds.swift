import Foundation

extension SiteRenderer {
  /// The site map, the Atom feed of each language, and what tells robots of them, for sites that know their own address.
  func feedFiles() -> [OutputFile] {
    guard let site = content.configuration.url else { return [] }
    return feedNames.map { name in
      let feed = frames.first { $0.feed == name.path }
      let text = feed.map { self.feed(of: $0, site) } ?? (name.path == Self.robots ? robots(site) : sitemap(site))
      return OutputFile(path: name.path, text: text, origin: name.origin, isList: true)
    }
  }

  /// The paths of these files, and what they are called.
  var feedNames: [(path: String, origin: String)] {
    guard content.configuration.url != nil else { return [] }
    let hasOwnRobots = content.staticFiles.contains { $0.path.lowercased() == Self.robots }
    return [("sitemap.xml", "the site map")] + frames.filter(\.hasFeed).map { ($0.feed, "the feed") }
      + (hasOwnRobots ? [] : [(Self.robots, "the file for robots")])
  }

  private static let robots = "robots.txt"

  /// All may be read, and where everything is found. Source: RFC 9309, and sitemaps.org for the last line.
  private func robots(_ site: URL) -> String {
    """
    User-agent: *
    Allow: /

    Sitemap: \(PageLinker.canonical("sitemap.xml", site: site) ?? "")

    """
  }

  private func sitemap(_ site: URL) -> String {
    var paths = content.allPages.map { ($0.outputPath, $0.date) } + frames.map { ($0.search, nil) }
    paths += listPages.map { ($0.list.pages.path($0.number), nil) }
    paths += collectionPages.flatMap { pages in pages.subjects.map { (pages.path(of: $0), nil) } }
    let entries = paths.map { path, date in
      let lastChange = date.map { "<lastmod>\($0)</lastmod>" } ?? ""
      let languages = alternates(of: path).map { alternate in
        let address = PageLinker(path: path).link(to: alternate.url)
        return
          "<xhtml:link rel=\"alternate\" hreflang=\"\(alternate.language)\" href=\"\(MarkupText.escaped(address))\"/>"
      }
      return "  <url><loc>\(address(path, site))</loc>\(lastChange)\(languages.joined())</url>\n"
    }
    let links = frames.count > 1 ? " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" : ""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"\(links)>
      \(entries.joined())</urlset>

      """
  }

  private func feed(of frame: SiteFrame, _ site: URL) -> String {
    let configuration = frame.configuration
    let pages = content.datedPages(in: frame.language)
    let entries = pages.map { page in
      """
        <entry>
          <title>\(MarkupText.escaped(page.title))</title>
          <id>\(address(page.outputPath, site))</id>
          <link href="\(address(page.outputPath, site))"/>
          <updated>\(page.date?.description ?? "")T00:00:00Z</updated>
          <summary>\(MarkupText.escaped(page.summary ?? page.title))</summary>\(pictured(page, site))
        </entry>

      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(frame.language)">
        <title>\(MarkupText.escaped(configuration.title))</title>
        <id>\(address(frame.base + "index.html", site))</id>
        <link href="\(address(frame.home, site))"/>
        <link rel="self" href="\(address(frame.feed, site))"/>
        <updated>\(pages.first?.date?.description ?? "")T00:00:00Z</updated>
        <author><name>\(MarkupText.escaped(configuration.author ?? configuration.title))</name></author>
      \(entries.joined())</feed>

      """
  }

  /// What readers of feeds show of a page: its summary and its picture, as HTML within XML, which is escaped twice.
  private func pictured(_ page: Page, _ site: URL) -> String {
    guard let picture = cover(of: page)?.canonical(at: site) else { return "" }
    let html = """
      <p>\(MarkupText.escaped(page.summary ?? page.title))</p>\
      <p><img src="\(picture.address)" alt="\(MarkupText.escaped(picture.alt))"></p>
      """
    return "\n    <content type=\"html\">\(MarkupText.escaped(html))</content>"
  }

  private func address(_ path: String, _ site: URL) -> String {
    MarkupText.escaped(PageLinker.canonical(path, site: site) ?? path)
  }
}

extension SiteContent {
  /// What the feed of a language tells of, the latest first: experiments and pages with a date, which it needs.
  func datedPages(in language: String) -> [Page] {
    let dated = (experiments + pages).filter { $0.date != nil && $0.language == language }
    // In the order of the lists where days are the same.
    let order = dated.indices.sorted { first, second in
      guard let a = dated[first].date, let b = dated[second].date, a != b else { return first < second }
      return a > b
    }
    return order.map { dated[$0] }
  }
}
