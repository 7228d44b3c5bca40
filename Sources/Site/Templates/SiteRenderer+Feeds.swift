import Foundation

extension SiteRenderer {
  /// Experiments with a date, which a feed needs.
  private var datedExperiments: [Page] { content.experiments.filter { $0.date != nil } }

  /// The Atom feed and the site map, for sites that know their own address.
  func feedFiles() -> [OutputFile] {
    guard let site = content.configuration.url else { return [] }
    var files = [OutputFile(path: "sitemap.xml", text: sitemap(site), origin: "the site map")]
    if frame.hasFeed { files.append(OutputFile(path: "feed.xml", text: feed(site), origin: "the feed")) }
    return files
  }

  private func sitemap(_ site: URL) -> String {
    var paths = content.allPages.map { ($0.outputPath, $0.date) }
    if !content.experiments.isEmpty { paths.append(("experiments.html", nil)) }
    if !content.models.isEmpty { paths.append(("models.html", nil)) }
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
    let entries = datedExperiments.map { page in
      """
        <entry>
          <title>\(Self.escaped(page.title))</title>
          <id>\(address(page.outputPath, site))</id>
          <link href="\(address(page.outputPath, site))"/>
          <updated>\(page.date?.description ?? "")T00:00:00Z</updated>
          <summary>\(Self.escaped(page.summary ?? page.title))</summary>
        </entry>

      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(configuration.language)">
        <title>\(Self.escaped(configuration.title))</title>
        <id>\(address("index.html", site))</id>
        <link href="\(address("index.html", site))"/>
        <link rel="self" href="\(address("feed.xml", site))"/>
        <updated>\(datedExperiments.compactMap(\.date).max()?.description ?? "")T00:00:00Z</updated>
        <author><name>\(Self.escaped(configuration.author ?? configuration.title))</name></author>
      \(entries.joined())</feed>

      """
  }

  private func address(_ path: String, _ site: URL) -> String {
    Self.escaped(PageLinker.canonical(path, site: site) ?? path)
  }

  /// `text` for XML; characters that XML 1.0 cannot carry are left out.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\t", "\n": String(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: ""
      default: String(scalar)
      }
    }.joined()
  }
}
