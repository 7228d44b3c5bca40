import Foundation
import FoundationXML
import Testing

@testable import Site

@Suite("A site in two languages")
struct LanguageSiteTests {
  private static let changes: [String: String?] = [
    "site.yml": """
    title: Sample & Co
    description: A site.
    url: https://example.org/g/
    languages: {ko: {title: 견본}}
    navigation:
      - {title: Start, link: index.md}
      - {title: Us, link: pages/about.md}
      - {title: Net, link: models/net.md}
    """,
    "index.ko.md": "---\ntitle: 처음\n---\n[둘](experiments/second.md)\n",
    "experiments/first.ko.md": """
    ---
    title: 첫째
    date: 2026-01-02
    tags: [큰 고양이]
    model: net
    ---
    [둘째](second.md), [영어](first.en.md)

    ```explain
    image: photo.png
    classes: [cat, dog]
    ```
    """,
    "experiments/third.ko.md": "---\ntitle: 셋째\ndate: 2026-01-01\nslug: 셋\n---\n",
    "pages/about.ko.md": "---\ntitle: 소개\n---\n글.\n",
  ]

  private static let files: [String: String] = (try? SampleSite.render(changes)) ?? [:]

  private func page(_ path: String) throws -> String { try #require(Self.files[path], "\(path)") }

  /// The addresses of the page in each language, in the order of its head.
  private func alternates(_ page: String) -> [String] {
    page.matches(of: #/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">/#).map { "\($0.1) \($0.2)" }
  }

  @Test("says on each page in which it is, and has pages of both below one another")
  func places() throws {
    #expect(
      Self.files.keys.filter { $0.hasPrefix("ko/") }.sorted() == [
        "ko/about.html", "ko/experiments.html", "ko/experiments/first.html", "ko/experiments/셋.html", "ko/feed.xml",
        "ko/index.html", "ko/search-index.js", "ko/search.html", "ko/tags.html", "ko/tags/큰-고양이.html",
      ])
    for (path, text) in Self.files where path.hasSuffix(".html") {
      let isKorean = path.hasPrefix("ko/") || path.contains(".ko-")
      #expect(text.contains("<html lang=\"\(isKorean ? "ko" : "en")\">"), "\(path)")
    }
  }

  @Test("names the page in each language in each head, and whoever is named names the other")
  func alternates() throws {
    let expected = [
      "en https://example.org/g/experiments/first.html", "ko https://example.org/g/ko/experiments/first.html",
      "x-default https://example.org/g/experiments/first.html",
    ]
    #expect(try alternates(page("experiments/first.html")) == expected)
    #expect(try alternates(page("experiments/second.html")) == [])
    #expect(try alternates(page("ko/experiments/셋.html")) == [])
    var named = 0
    for (path, text) in Self.files where path.hasSuffix(".html") {
      for alternate in alternates(text) {
        let address = alternate.split(separator: " ")[1].replacing("https://example.org/g/", with: "")
        let other = address.isEmpty ? "index.html" : address.removingPercentEncoding ?? ""
        #expect(try alternates(page(other)) == alternates(text), "\(path) names \(other)")
        named += 1
      }
    }
    // Home, an experiment, a page, the list of experiments and that of tags, twice each, with three addresses.
    #expect(named == 30)
  }

  @Test("without an address of its own it names them by the way there")
  func relative() throws {
    let files = try SampleSite.render(
      Self.changes.merging(["site.yml": "title: S\n"]) { $1 })
    #expect(
      alternates(try #require(files["ko/experiments/first.html"])) == [
        "en ../../experiments/first.html", "ko first.html", "x-default ../../experiments/first.html",
      ])
  }

  /// The links of the switch, and what stands there for the language of the page.
  private func languages(_ page: String) throws -> [String] {
    let list = try #require(page.firstMatch(of: #/<nav class="languages" aria-label="([^"]*)">([\s\S]*?)<\/nav>/#))
    return [String(list.1)]
      + list.2.matches(
        of:
          #/<a href="([^"]*)" lang="([^"]*)" hreflang="([^"]*)">([^<]*)<|<span lang="([^"]*)" aria-current="true">([^<]*)</#
      )
      .map { match in
        match.1.map { "\($0) \(match.2 ?? "") \(match.3 ?? "") \(match.4 ?? "")" }
          ?? "\(match.5 ?? "") \(match.6 ?? "")"
      }
  }

  @Test("one changes the language on every page: to the same page, else to the first one")
  func change() throws {
    #expect(
      try languages(page("experiments/first.html")) == [
        "Languages", "en English", "../ko/experiments/first.html ko ko 한국어",
      ])
    #expect(try languages(page("ko/about.html")) == ["언어", "../about.html en en English", "ko 한국어"])
    #expect(
      try languages(page("experiments/second.html")) == ["Languages", "en English", "../ko/index.html ko ko 한국어"])
    #expect(try languages(page("404.html")) == ["Languages", "en English", "/g/ko/index.html ko ko 한국어"])
    #expect(try SampleSite.render()["index.html"]?.contains("languages") == false)
  }

  @Test("a language without a first page begins with its list, and one without either is not offered")
  func beginnings() throws {
    var changes = Self.changes
    changes["index.ko.md"] = .some(nil)
    let files = try SampleSite.render(changes)
    #expect(try languages(#require(files["experiments/second.html"])).last == "../ko/experiments.html ko ko 한국어")
    #expect(files["ko/index.html"] == nil)
    #expect(files["ko/about.html"]?.contains(#"<a class="name" href="../index.html">견본</a>"#) == true)
    for name in ["first", "third"] { changes["experiments/\(name).ko.md"] = .some(nil) }
    let bare = try SampleSite.render(changes)
    #expect(
      bare.keys.filter { $0.hasPrefix("ko/") }.sorted() == ["ko/about.html", "ko/search-index.js", "ko/search.html"])
    #expect(bare["experiments/second.html"]?.contains("한국어") == false)
    #expect(try languages(#require(bare["about.html"])).last == "ko/about.html ko ko 한국어")
  }

  @Test("lists, neighbours, tags and models' pages have what is in their own language")
  func lists() throws {
    func titles(_ path: String) throws -> [String] {
      try page(path).matches(of: #/<h3><a href="[^"]*">([^<]*)</a></h3>/#).map { String($0.1) }
    }
    #expect(try titles("index.html") == ["Second", "First &lt;one&gt;"])
    #expect(try titles("ko/index.html") == ["첫째", "셋째"])
    #expect(try titles("ko/experiments.html") == ["첫째", "셋째"])
    #expect(try titles("ko/tags/큰-고양이.html") == ["첫째"])
    #expect(try titles("models/net.html") == ["First &lt;one&gt;"])
    #expect(try !page("tags.html").contains("고양이"))
    #expect(try page("ko/tags/큰-고양이.html").contains(#"<a href="../tags.html">태그</a>"#))
    #expect(try page("ko/experiments/first.html").contains("<span>다음</span> 셋째</a>"))
    #expect(try !page("ko/experiments/first.html").contains("<span>이전</span>"))
    #expect(try page("ko/experiments/first.html").contains("<title>첫째 · 견본</title>"))
  }

  @Test("each language is searched for itself")
  func search() throws {
    let (own, korean) = (try page("search-index.js"), try page("ko/search-index.js"))
    #expect(own.contains("Second") && !own.contains("첫째"))
    #expect(korean.contains("첫째") && !korean.contains("Second"))
    #expect(try page("ko/search.html").contains("src=\"search-index.js\""))
  }

  @Test("the menu leads to pages in the language, under their titles, and says where it does not")
  func menu() throws {
    let menu = try page("ko/experiments/first.html").firstMatch(of: #/<nav aria-label="사이트">([\s\S]*?)<\/nav>/#)
    let entries = try #require(menu).1.matches(of: #/<a [^>]*>[^<]*<\/a>/#).map { String($0.0) }
    #expect(
      entries == [
        #"<a href="../index.html">처음</a>"#, #"<a href="../about.html">소개</a>"#,
        #"<a href="../../models/net.html" lang="en" hreflang="en">Net</a>"#, #"<a href="../search.html">검색</a>"#,
      ])
    let own = try SampleSite.render(
      Self.changes.merging([
        "site.yml":
          "title: S\nlanguages: {ko: {navigation: [{title: 우리, link: pages/about.md}], footer: '[우리](pages/about.md)'}}\n"
      ]) { $1 })
    #expect(own["ko/index.html"]?.contains(#"<li><a href="about.html">우리</a></li>"#) == true)
    #expect(own["ko/index.html"]?.contains(#"<p><a href="about.html">우리</a></p>"#) == true)
    #expect(own["index.html"]?.contains("우리") == false)
    let plain = try SampleSite.render(Self.changes.merging(["site.yml": "title: S\n"]) { $1 })
    #expect(plain["ko/index.html"]?.contains(#"<li><a href="experiments.html">실험</a></li>"#) == true)
    #expect(plain["ko/index.html"]?.contains(#"<li><a href="about.html">소개</a></li>"#) == true)
  }

  @Test("each language has a feed of its own, and each page leads to it")
  func feed() throws {
    let feed = try page("ko/feed.xml")
    _ = try XMLDocument(data: Data(feed.utf8))
    #expect(feed.contains(#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko">"#))
    #expect(feed.contains(#"<link rel="self" href="https://example.org/g/ko/feed.xml"/>"#))
    #expect(feed.matches(of: #/<title>([^<]*)</#).map { String($0.1) } == ["견본", "첫째", "셋째"])
    #expect(try !page("feed.xml").contains("첫째"))
    #expect(try page("ko/about.html").contains(#"type="application/atom+xml" title="견본" href="feed.xml">"#))
    let ids = [feed, try page("feed.xml")].flatMap { $0.matches(of: #/<id>([^<]*)</#).map { String($0.1) } }
    #expect(Set(ids).count == ids.count)
  }

  @Test("the site map says where pages are in other languages")
  func siteMap() throws {
    let map = try page("sitemap.xml")
    let root = try #require(try XMLDocument(data: Data(map.utf8)).rootElement())
    let urls = root.elements(forName: "url")
    #expect(
      urls.count == Self.files.keys.count { $0.hasSuffix(".html") && $0 != "404.html" && !$0.hasPrefix("figures/") })
    #expect(
      map.contains(
        """
        <url><loc>https://example.org/g/ko/about.html</loc>\
        <xhtml:link rel="alternate" hreflang="en" href="https://example.org/g/about.html"/>\
        <xhtml:link rel="alternate" hreflang="ko" href="https://example.org/g/ko/about.html"/>\
        <xhtml:link rel="alternate" hreflang="x-default" href="https://example.org/g/about.html"/></url>
        """))
    #expect(try SampleSite.render()["sitemap.xml"]?.contains("xhtml") == false)
  }

  @Test("previews of a page say its language with a region")
  func locale() throws {
    #expect(try page("index.html").contains(#"<meta property="og:locale" content="en_US">"#))
    #expect(try page("ko/index.html").contains(#"<meta property="og:locale" content="ko_KR">"#))
  }
}
