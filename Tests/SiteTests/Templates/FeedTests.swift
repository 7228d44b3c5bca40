import Foundation
import FoundationXML
import Testing

@testable import Site

@Suite("The feed and the site map")
struct FeedTests {
  private static let changes: [String: String?] = [
    "site.yml": "title: Sample & Co\nurl: https://example.org/g/\nauthor: Ada\npage_size: 1\n",
    "pages/about.md": "---\ntitle: About\ndate: 2026-01-15\nsummary: Of us.\n---\nText.\n",
    "pages/undated.md": "---\ntitle: Undated\n---\nText.\n",
  ]

  private func document(_ path: String) throws -> XMLElement {
    let text = try #require(try SampleSite.render(Self.changes)[path])
    return try #require(try XMLDocument(data: Data(text.utf8)).rootElement())
  }

  private func texts(_ name: String, of element: XMLElement) -> [String] {
    element.elements(forName: name).map { $0.stringValue ?? "" }
  }

  private func attribute(_ name: String, of element: XMLElement) -> String? {
    element.attributes?.first { $0.name == name }?.stringValue
  }

  @Test("the feed has everything with a date, experiments and pages, the latest first")
  func entries() throws {
    let entries = try document("feed.xml").elements(forName: "entry")
    #expect(entries.flatMap { texts("title", of: $0) } == ["Second", "About", "First <one>"])
    #expect(
      entries.flatMap { texts("id", of: $0) } == [
        "https://example.org/g/experiments/second.html", "https://example.org/g/about.html",
        "https://example.org/g/experiments/first.html",
      ])
  }

  @Test("pages alone make a feed, too")
  func pagesAlone() throws {
    var changes = Self.changes
    for name in ["first", "second"] { changes["experiments/\(name).md"] = .some(nil) }
    let files = try SampleSite.render(changes)
    #expect(files["feed.xml"]?.contains("<title>About</title>") == true)
    #expect(files["index.html"]?.contains("application/atom+xml") == true)
  }

  /// Source: RFC 4287, 4.1.1 and 4.1.2: exactly one id, title and updated in each, an author, and a link.
  @Test("feed and entries have what Atom asks for, once each, and no relative address")
  func rules() throws {
    let feed = try document("feed.xml")
    for element in [feed] + feed.elements(forName: "entry") {
      for name in ["id", "title", "updated"] { #expect(texts(name, of: element).count == 1) }
      let updated = try #require(texts("updated", of: element).first)
      #expect(ISO8601DateFormatter().date(from: updated) != nil)
      let addresses =
        texts("id", of: element)
        + element.elements(forName: "link").map { attribute("href", of: $0) ?? "" }
        + texts("content", of: element).flatMap { html in
          html.matches(of: #/(?:src|href)="([^"]*)"/#).map { String($0.output.1) }
        }
      #expect(addresses.count >= 2)
      #expect(addresses.allSatisfy { $0.hasPrefix("https://example.org/g/") })
    }
    let entries = feed.elements(forName: "entry")
    #expect(texts("author", of: feed).count == 1)
    #expect(texts("updated", of: feed) == entries.flatMap { texts("updated", of: $0) }.sorted().suffix(1))
    #expect(Set(entries.flatMap { texts("id", of: $0) }).count == entries.count)
    #expect(feed.elements(forName: "link").map { attribute("rel", of: $0) } == [nil, "self"])
  }

  @Test("the site map has every page that is to be found, lists and tags among them")
  func siteMap() throws {
    let files = try SampleSite.render(Self.changes)
    let places = try document("sitemap.xml").elements(forName: "url").flatMap { texts("loc", of: $0) }
    let pages = files.keys.filter { $0.hasSuffix(".html") && $0 != "404.html" && !$0.hasPrefix("figures/") }
    #expect(pages.contains("experiments/page-2.html") && pages.contains("tags/big-cats.html"))
    #expect(
      places.sorted() == pages.map { "https://example.org/g/" + ($0 == "index.html" ? "" : $0) }.sorted())
  }
}
