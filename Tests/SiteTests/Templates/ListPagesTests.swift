import Foundation
import Testing

@testable import Site

@Suite("Lists come in pages")
struct ListPagesTests {
  @Test(
    "so many that no page has more entries than it may",
    arguments: [(0, 1, [0]), (1, 1, [1]), (3, 1, [3]), (4, 2, [3, 1]), (6, 2, [3, 3]), (7, 3, [3, 3, 1])])
  func count(entries: Int, pages: Int, lengths: [Int]) {
    let list = ListPages(base: "experiments", count: entries, size: 3)
    #expect(list.pageCount == pages)
    #expect((1...pages).map { list.places($0).count } == lengths)
    #expect((1...pages).flatMap { Array(list.places($0)) } == Array(0..<entries))
    #expect((list.pager(at: 1) == nil) == (pages == 1))
  }

  /// The numbers of a pager as a reader sees them.
  private func numbers(of pages: Int, at number: Int) throws -> String {
    let pager = try #require(ListPages(base: "x", count: pages, size: 1).pager(at: number))
    return pager.pages.map { $0.isCurrent ? "[\($0.number)]" : $0.url == nil ? "…" : "\($0.number)" }
      .joined(separator: " ")
  }

  @Test("a pager names the ends and what is near, and leaves out no page for a mark that takes as much room")
  func pager() throws {
    #expect(try numbers(of: 2, at: 2) == "1 [2]")
    #expect(try numbers(of: 20, at: 1) == "[1] 2 3 … 20")
    #expect(try numbers(of: 20, at: 5) == "1 2 3 4 [5] 6 7 … 20")
    #expect(try numbers(of: 20, at: 10) == "1 … 8 9 [10] 11 12 … 20")
    #expect(try numbers(of: 20, at: 20) == "1 … 18 19 [20]")
  }

  // MARK: - On pages

  /// A site of so many experiments, three cards a page, every second one with a tag; all use one network.
  private func site(_ count: Int, size: Int? = 3, _ more: [String: String] = [:]) throws -> [String: String] {
    var files = SampleSite.files
    files["site.yml"]? += size.map { "page_size: \($0)\n" } ?? ""
    for name in ["first", "second"] { files["experiments/\(name).md"] = nil }
    for number in 0..<count {
      let tags = number % 2 == 0 ? "tags: [Even ones]\n" : ""
      files["experiments/e\(number).md"] =
        "---\ntitle: Number \(number)\ndate: 2026-01-\(number % 28 + 1)\n\(tags)model: net\n---\n"
        .replacing(#/-(\d)\n/#) { "-0\($0.1)\n" } + "```explain\nimage: photo.png\nclasses: [cat, dog]\n```\n"
    }
    files.merge(more) { $1 }
    return try SampleSite.render(files, alone: true)
  }

  /// The titles of the cards of a page.
  private func cards(_ page: String?) throws -> [String] {
    try #require(page).matches(of: #/<h3><a href="[^"]*">([^<]*)</a></h3>/#).map { String($0.output.1) }
  }

  @Test("no page of a large site names more experiments than a page may, and every one is on its list")
  func large() throws {
    let files = try site(300, size: nil)
    for (path, html) in files where path.hasSuffix(".html") {
      #expect(try cards(html).count <= 24, "\(path)")
    }
    let pages = try (1...13).map { try cards(files[$0 == 1 ? "experiments.html" : "experiments/page-\($0).html"]) }
    #expect(Set(pages.flatMap { $0 }).count == 300 && pages.flatMap { $0 }.count == 300)
    #expect(files["experiments/page-14.html"] == nil)
  }

  @Test(
    "the home page has the latest and then a link to all, where there are more", arguments: [(3, false), (4, true)])
  func home(count: Int, isLinked: Bool) throws {
    let home = try #require(try site(count)["index.html"])
    #expect(try cards(home).count == 3)
    #expect(home.contains(#"<p class="more"><a href="experiments.html">All experiments</a></p>"#) == isLinked)
    #expect(!home.contains("class=\"pager\""))
  }

  @Test("a further page says so, leads on and back, and marks itself")
  func further() throws {
    let files = try site(7)
    let page = try #require(files["experiments/page-2.html"])
    #expect(page.contains("<title>Experiments, page 2 · Sample &amp; Co</title>"))
    #expect(page.contains("<h1>Experiments, page 2</h1>"))
    #expect(page.contains(#"<a rel="prev" href="../experiments.html">"#))
    #expect(page.contains(#"<a rel="next" href="page-3.html">"#))
    #expect(page.contains(#"<a href="page-2.html" aria-label="Page 2" aria-current="page">2</a>"#))
    #expect(page.contains(#"<link rel="canonical" href="https://example.org/g/experiments/page-2.html">"#))
    #expect(page.contains(#"href="../style.css""#))
    #expect(try #require(files["experiments.html"]).contains(#"<a rel="next" href="experiments/page-2.html">"#))
    #expect(files["experiments.html"]?.contains(#"rel="prev""#) == false)
    #expect(files["experiments/page-3.html"]?.contains(#"rel="next""#) == false)
    #expect(try cards(files["experiments/page-3.html"]).count == 1)
  }

  @Test("a network’s page begins the list of those that use it, and its further pages lead back")
  func model() throws {
    let files = try site(4)
    #expect(try cards(files["models/net.html"]).count == 3)
    #expect(files["models/net.html"]?.contains(#"<a rel="next" href="net/page-2.html">"#) == true)
    let further = try #require(files["models/net/page-2.html"])
    #expect(try cards(further).count == 1)
    #expect(further.contains(#"<a href="../net.html">Net</a>"#) && further.contains("<h1>Net, page 2</h1>"))
    #expect(try site(3)["models/net/page-2.html"] == nil)
  }

  @Test("a tag has pages of those that carry it; the index tells of how many, and the first list leads there")
  func tags() throws {
    let files = try site(7)
    #expect(try cards(files["tags/even-ones.html"]).count == 3)
    #expect(try cards(files["tags/even-ones/page-2.html"]) == ["Number 0"])
    #expect(files["tags/even-ones.html"]?.contains(#"<a href="../tags.html">Tags</a>"#) == true)
    #expect(files["experiments/e0.html"]?.contains(#"<a href="../tags/even-ones.html">Even ones</a>"#) == true)
    for path in ["tags.html", "experiments.html"] {
      #expect(files[path]?.contains(#"<a href="tags/even-ones.html">Even ones <span>4</span></a>"#) == true, "\(path)")
    }
    #expect(files["experiments.html"]?.contains(#"<a href="tags.html">All tags</a>"#) == true)
    #expect(files["experiments/page-2.html"]?.contains("even-ones") == false)
    #expect(try site(1, ["experiments/e0.md": "---\ntitle: A\n---\n"])["tags.html"] == nil)
  }

  @Test("of many tags, the list of experiments has those that most carry")
  func manyTags() throws {
    let many = (0..<40).map { "t\($0)" }.joined(separator: ", ")
    let files = try site(2, ["experiments/many.md": "---\ntitle: M\ntags: [\(many), Even ones]\n---\n"])
    func count(_ path: String) throws -> Int { try #require(files[path]).ranges(of: "href=\"tags/").count }
    #expect(try count("tags.html") == 41)
    #expect(try count("experiments.html") == 24)
    #expect(files["experiments.html"]?.contains("Even ones") == true)
  }

  @Test("another text of one experiment changes the pages that show it, and no other page of the lists")
  func edit() throws {
    let before = try site(9)
    let after = try site(
      9,
      [
        "experiments/e0.md":
          "---\ntitle: Number 0\nsummary: New.\ndate: 2026-01-01\ntags: [Even ones]\nmodel: net\n---\n"
          + "```explain\nimage: photo.png\nclasses: [cat, dog]\n```\n"
      ])
    #expect(
      after.keys.filter { after[$0] != before[$0] }.sorted() == [
        "experiments/e0.html", "experiments/page-3.html", "feed.xml", "models/net/page-3.html",
        "search-index.js", "tags/even-ones/page-2.html",
      ])
  }

  @Test("how many there are on a page is a whole number", arguments: ["0", "-1", "1001", "x", "2.5"])
  func faults(size: String) throws {
    let faults = try ContentFixture.faults(["site.yml": "title: S\npage_size: \(size)\n"])
    #expect(faults.hasPrefix("content/site.yml:2:12: error: "))
  }
}
