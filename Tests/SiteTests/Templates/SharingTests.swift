import Testing

@testable import Site

@Suite("What other people’s pages show of a page")
struct SharingTests {
  private func metas(_ text: String) -> [String] {
    text.matches(of: #/<meta (?:property|name)="((?:og|article|twitter):[^"]*)" content="([^"]*)">/#)
      .map { "\($0.output.1) = \($0.output.2)" }
  }

  @Test("an experiment is an article with its day, its tags and a large picture")
  func article() throws {
    let strip = Figure.Picture(path: "explanations/strip.jpg", width: 1200, height: 630, alt: "")
    let page = try #require(try SampleSite.render(strips: ["experiments/first.md": strip])["experiments/first.html"])
    #expect(
      metas(page) == [
        "og:url = https://example.org/g/experiments/first.html", "og:type = article", "og:locale = en_US",
        "og:site_name = Sample &amp; Co", "og:title = First &lt;one&gt;", "og:description = Cats &amp; dogs.",
        "article:published_time = 2026-01-02", "article:tag = Big cats",
        "og:image = https://example.org/g/explanations/strip.jpg", "og:image:type = image/jpeg",
        "og:image:width = 1200",
        "og:image:height = 630", "og:image:alt = cat-grad-cam picture", "twitter:card = summary_large_image",
      ])
  }

  @Test("a page without figures has no picture, and a site without an address tells nothing")
  func others() throws {
    let files = try SampleSite.render()
    #expect(
      metas(try #require(files["about.html"])) == [
        "og:url = https://example.org/g/about.html", "og:type = website", "og:locale = en_US",
        "og:site_name = Sample &amp; Co", "og:title = About", "og:description = A site.", "twitter:card = summary",
      ])
    #expect(metas(try #require(try SampleSite.render(["site.yml": "title: Site\n"])["about.html"])) == [])
  }

  @Test(
    "the place of a language is the one where most of its speakers are, if the tag names none",
    arguments: [("ko", "ko_KR"), ("pt-BR", "pt_BR"), ("pt", "pt_BR"), ("de", "de_DE"), ("zh-Hant", "zh_TW")])
  func locale(language: String, expected: String) {
    #expect(LanguageTag.openGraph(language) == expected)
  }

  @Test("a language of which nobody knows where it is read has none")
  func noLocale() {
    #expect(LanguageTag.openGraph("qqq") == nil)
  }

  @Test("robots are told of the site map, unless the content has a file for them")
  func robots() throws {
    let own: [String: String?] = ["static/robots.txt": nil]
    #expect(
      try SampleSite.render(own)["robots.txt"]
        == "User-agent: *\nAllow: /\n\nSitemap: https://example.org/g/sitemap.xml\n")
    #expect(try SampleSite.render()["robots.txt"] == "all")
    #expect(
      try SampleSite.render(own.merging(["static/Robots.TXT": "mine"]) { $1 })["robots.txt"] == nil)
    #expect(try SampleSite.render(own.merging(["site.yml": "title: Site\n"]) { $1 })["robots.txt"] == nil)
  }
}
