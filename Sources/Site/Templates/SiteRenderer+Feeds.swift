import Foundation

extension SiteRenderer {
  /// The Atom feed, the site map and what tells robots of it, for sites that know their own address.
  func feedFiles() -> [OutputFile] {
    guard let site = content.configuration.url else { return [] }
    return feedNames.map { name in
      let text =
        switch name.path {
        case "feed.xml": feed(site)
        case "robots.txt": robots(site)
        default: sitemap(site)
        }
      return OutputFile(path: name.path, text: text, origin: name.origin, isList: true)
    }
  }

  /// The paths of these files, and what they are called.
  var feedNames: [(path: String, origin: String)] {
    guard content.configuration.url != nil else { return [] }
    let hasOwnRobots = content.staticFiles.contains { $0.path.lowercased() == "robots.txt" }
    return [("sitemap.xml", "the site map")] + (frame.hasFeed ? [("feed.xml", "the feed")] : [])
      + (hasOwnRobots ? [] : [("robots.txt", "the file for robots")])
  }

  /// All may be read, and where everything is found. Source: RFC 9309, and sitemaps.org for the last line.
  private func robots(_ site: URL) -> String {
    """
    User-agent: *
    Allow: /

    Sitemap: \(PageLinker.canonical("sitemap.xml", site: site) ?? "")

    """
  }

  private func sitemap(_ site: URL) -> String {
    var paths = content.allPages.map { ($0.outputPath, $0.date) } + [(searchNames[0].path, nil)]
    paths += listPages.map { ($0.list.pages.path($0.number), nil) }
    paths += collectionPages.flatMap { pages in pages.subjects.map { (pages.path(of: $0), nil) } }
    let entries = paths.map { path, date in
      let lastChange = date.map { "<lastmod>\($0)</lastmod>" } ?? ""
      return "  <url><loc>\(address(path, site))</loc>\(lastChange)</url>\n"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      \(entries.joined())</urlset>

      """
  }

  private func feed(_ site: URL) -> String {
    let configuration = content.configuration
    let pages = content.datedPages
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
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(configuration.language)">
        <title>\(MarkupText.escaped(configuration.title))</title>
        <id>\(address("index.html", site))</id>
        <link href="\(address("index.html", site))"/>
        <link rel="self" href="\(address("feed.xml", site))"/>
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
  /// What a feed tells of, the latest first: experiments and pages with a date, which it needs.
  var datedPages: [Page] {
    let dated = (experiments + pages).filter { $0.date != nil }
    // In the order of the lists where days are the same.
    let order = dated.indices.sorted { first, second in
      guard let a = dated[first].date, let b = dated[second].date, a != b else { return first < second }
      return a > b
    }
    return order.map { dated[$0] }
  }
}
