import Diagnostics
import Foundation
import Testing

@testable import Site

@Suite("The page for searching")
struct SearchPageTests {
  @Test("lists all pages by title, in the order of the language, and leads to them")
  func list() throws {
    let page = try #require(
      try SampleSite.render([
        "pages/zoo.md": "---\ntitle: Ähnlich\n---\n", "pages/b.md": "---\ntitle: Part 10\n---\n",
        "pages/c.md": "---\ntitle: part 9\n---\n",
      ])["search.html"])
    let titles = page.matches(of: #/<li><a href="([^"]*)">([^<]*)</a></li>/#).map { String($0.output.2) }
    let own = titles.suffix(8)
    #expect(own == ["About", "Ähnlich", "First &lt;one&gt;", "Net", "part 9", "Part 10", "Sample &amp; Co", "Second"])
    #expect(page.contains("<script defer src=\"search-index.js\"></script>"))
    #expect(page.contains("<script defer src=\"search.js\"></script>"))
    #expect(page.contains("<link rel=\"canonical\" href=\"https://example.org/g/search.html\">"))
  }

  @Test("every page leads there, and no other loads the index")
  func masthead() throws {
    let files = try SampleSite.render()
    for (path, text) in files where path.hasSuffix(".html") && text.contains("class=\"masthead\"") {
      let root = path == "404.html" ? "/g/" : String(repeating: "../", count: path.count { $0 == "/" })
      let mark = path == "search.html" ? " aria-current=\"page\"" : ""
      #expect(text.contains("<a href=\"\(root)search.html\"\(mark)>Search</a>"), "\(path)")
      #expect(text.contains("search-index.js") == (path == "search.html"), "\(path)")
    }
  }

  @Test("words are those of the site’s language")
  func korean() throws {
    let page = try #require(try SampleSite.render(["site.yml": "title: 사이트\nlanguage: ko\n"])["search.html"])
    #expect(page.contains("data-other=\"{1}쪽\"") || page.contains("data-other=\"페이지 {1}개\""))
    #expect(page.contains("<h1>검색</h1>"))
  }

  @Test("a page of the content that is called so is in its way, which is told")
  func clash() throws {
    let content = try #require(try ContentFixture(["pages/search.md": "---\ntitle: Mine\n---\n"]).load().content)
    var faults = DiagnosticList()
    SiteRenderer(content: content, templates: try SampleSite.templates(), figures: [:]).checkOutputs(&faults)
    #expect(
      faults.description
        == "error: content/pages/search.md and the page for searching would both be written to search.html. Rename one of them."
    )
  }
}
