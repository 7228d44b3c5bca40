import Diagnostics
import Site
import Testing

@Suite("What readers may miss")
struct OmissionTests {
  private static let site = "title: Site\ndescription: About.\nlanguage: en\n"
  private static let card = """
    ---
    title: Net
    summary: A network.
    file: net/model.onnx
    labels: net/labels.txt
    input: {size: 224}
    ---
    """

  /// What is missing in a site where nothing else is.
  private func omissions(_ changes: [String: String?]) throws -> String {
    let fixture = try ContentFixture(["site.yml": Self.site, "models/net.md": Self.card].merging(changes) { $1 })
    let (content, faults) = fixture.load()
    #expect(faults == "")
    return try #require(content).omissions.map(\.description).joined(separator: "\n")
  }

  private func omissions(in body: String, front: String = "") throws -> String {
    try omissions(["pages/a.md": "---\ntitle: A\nsummary: S.\n\(front)---\n\(body)"])
  }

  @Test("nothing is missed where all is there")
  func complete() throws {
    #expect(try omissions([:]) == "")
    let headings = "# One\n\n## Two\n\n### Three\n\n## Two again\n\n"
    let body = headings + "![A photo](photo.png) [words](b.md) [![go](photo.png)](b.md)\n"
    #expect(
      try omissions([
        "pages/a.md": "---\ntitle: A\nsummary: S.\n---\n" + body, "pages/b.md": "---\ntitle: B\nsummary: S.\n---\n",
      ]) == "")
  }

  @Test("the language, descriptions of the site and of pages")
  func site() throws {
    #expect(
      try omissions(["site.yml": "title: Site\n", "experiments/a.md": "---\ntitle: A\n---\n"]) == """
        content/site.yml: warning: The site does not say in which language it is written. Add `language: en`, or whichever it \
        is: readers’ programs speak by it.
        content/site.yml: warning: The site has no description. Add `description: …`, one sentence.
        content/experiments/a.md: warning: The page has no summary. Add `summary: …`, one sentence for lists and search engines.
        """)
  }

  @Test("pictures that nothing is said of, in Markdown, in HTML that is passed on, and in figures")
  func pictures() throws {
    #expect(
      try omissions(in: "Words.\n\n![ ](photo.png)\n") == """
        content/pages/a.md:7: warning: Nothing says what the picture “photo.png” shows. Write it between the brackets, for \
        those who cannot see it: `![A mug](mug.jpg)`.
        """)
    let html = """
      <img src="a.png" title="alt">

      A <img src=x alt> and <img alt='' src="a>b.png"> and <IMG SRC=y>.

      """
    #expect(
      try omissions(in: html, front: "raw_html: true\n").split(separator: "\n").map { $0.prefix(44) } == [
        "content/pages/a.md:6: warning: An `<img>` he", "content/pages/a.md:8: warning: An `<img>` he",
      ])
    let block = "```explain\nimage: photo.png\nmodel: net\nclasses: [cat]\n"
    #expect(
      try omissions(in: block + "```\n\n" + block + "alt: A cat.\n```\n") == """
        content/pages/a.md:5: warning: Nothing says what “photo.png” shows. Add `alt: …` for those who cannot see it.
        """)
  }

  @Test("links and headings without words, and headings that skip a level")
  func words() throws {
    #expect(
      try omissions(in: "### Deep\n\n##\n\n#### Deeper\n\n[](https://example.org)\n") == """
        content/pages/a.md:7: warning: The heading has no words. Write some, or remove it.
        content/pages/a.md:11: warning: The link to “https://example.org” has no words. Write between the brackets where it leads.
        content/pages/a.md:5: warning: The heading “Deep” skips a level. Begin it with `##`: readers’ programs list headings by \
        their levels.
        content/pages/a.md:9: warning: The heading “Deeper” skips a level. Begin it with `###`: readers’ programs list headings \
        by their levels.
        """)
  }

  @Test("the footer’s pictures")
  func footer() throws {
    #expect(
      try omissions(["site.yml": Self.site + "theme:\n  footer: \"![](images/photo.png)\"\n"]).contains(
        "content/site.yml:5:11: warning: Nothing says what the picture “images/photo.png” shows."))
  }
}
