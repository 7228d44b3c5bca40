import Diagnostics
import Testing

@testable import Site

@Suite("The text of a page finds its figures and its way")
struct PageHTMLTests {
  private func body(_ markdown: String, _ changes: [String: String?] = [:]) throws -> String {
    let text = "---\ntitle: A\nmodel: net\n---\n" + markdown
    let fixture = try ContentFixture(changes.merging(["experiments/a.md": text]) { $1 })
    let content = try #require(fixture.load().content)
    let page = try #require(content.experiments.first { $0.slug == "a" })
    return page.html(
      figures: [1: "<figure>1</figure>\n", 2: "<figure>2</figure>\n"], linker: .init(path: page.outputPath))
  }

  @Test("figures take the places of their blocks")
  func figures() throws {
    let block = "```explain\nimage: photo.png\ntop: 1\n```\n"
    #expect(
      try body("one\n\n\(block)\n> \(block.replacing("\n", with: "\n> "))\n\ntwo\n")
        == "<p>one</p>\n<figure>1</figure>\n<blockquote>\n<figure>2</figure>\n</blockquote>\n<p>two</p>\n")
  }

  @Test("a block made of front matter comes first")
  func leadingFigure() throws {
    let fixture = try ContentFixture([
      "experiments/a.md": "---\ntitle: A\nmodel: net\nimage: photo.png\ntop: 1\n---\nx\n"
    ])
    let content = try #require(fixture.load().content)
    let html = content.experiments[0].html(figures: [1: "<figure>1</figure>\n"], linker: .init(path: "a.html"))
    #expect(html == "<figure>1</figure>\n<p>x</p>\n")
  }

  @Test(
    "headings get ids, and make room for the title",
    arguments: [
      ("## A `b` *c*\n", "<h2 id=\"a-b-c\">A <code>b</code> <em>c</em></h2>\n"),
      ("# A\n\n## A\n", "<h2 id=\"a\">A</h2>\n<h3 id=\"a-2\">A</h3>\n"),
      ("# A\n###### B\n", "<h2 id=\"a\">A</h2>\n<h6 id=\"b\">B</h6>\n"),
    ])
  func headings(markdown: String, html: String) throws {
    #expect(try body(markdown) == html)
  }

  @Test(
    "links lead to where the pages will be",
    arguments: [
      ("[b](b.md)", "<a href=\"b.html\">b</a>"),
      ("[b](b.md#part)", "<a href=\"b.html#part\">b</a>"),
      ("[c](../pages/c%20d.md)", "<a href=\"../c%20d.html\">c</a>"),
      ("[c](</pages/c d.md>)", "<a href=\"../c%20d.html\">c</a>"),
      ("[net](../models/net.md)", "<a href=\"../models/net.html\">net</a>"),
      ("[home](../index.md)", "<a href=\"../index.html\">home</a>"),
      ("[x](https://example.org/a.md)", "<a href=\"https://example.org/a.md\">x</a>"),
      ("[x](mailto:a@example.org)", "<a href=\"mailto:a@example.org\">x</a>"),
      ("[x](#there)", "<a href=\"#there\">x</a>"),
      ("![p](photo.png)", "<img src=\"../images/photo.png\" alt=\"p\" />"),
      ("[paper](/files/paper.pdf)", "<a href=\"../files/paper.pdf\">paper</a>"),
    ])
  func links(markdown: String, html: String) throws {
    let others = [
      "experiments/b.md": "---\ntitle: B\n---\n", "pages/c d.md": "---\ntitle: C\n---\n",
      "static/files/paper.pdf": "pdf",
    ]
    #expect(try body(markdown, others) == "<p>\(html)</p>\n")
  }

  private static let cases: [(markdown: String, faults: String)] = [
    ("[b](bb.md)", "There is no page “bb.md” in content/experiments. Did you mean “b.md”?"),
    ("[b](../../b.md)", "The page “../../b.md” lies outside of content."),
    (
      "![p](foto.png)",
      "There is no image “foto.png” in content/experiments or content/images. Did you mean “photo.png”?"
    ),
    ("[p](data.csv)", "There is no file “data.csv” in content/experiments or content/images."),
    ("[d](d.md)", "The page “d.md” is a draft. Remove its `draft: true`, or build with --drafts."),
  ]

  @Test("links that lead nowhere are faults with their line", arguments: cases)
  func deadLinks(markdown: String, faults: String) throws {
    let found = try ContentFixture.faults([
      "experiments/a.md": "---\ntitle: A\n---\n\nText\n\(markdown)\n", "experiments/b.md": "---\ntitle: B\n---\n",
      "experiments/d.md": "---\ntitle: D\ndraft: true\n---\n",
    ])
    #expect(found.hasPrefix("content/experiments/a.md:"))
    #expect(found.hasSuffix("error: " + faults))
  }

  @Test("a link to a page with faults of its own adds none")
  func linkToFaultyPage() throws {
    let faults = try ContentFixture.faults([
      "experiments/a.md": "---\ntitle: A\n---\n[b](b.md)\n", "experiments/b.md": "---\n---\n",
    ])
    #expect(
      faults == "content/experiments/b.md:1: error: “title” is missing from a page's front matter. Add `title: …`.")
  }

  @Test("HTML that is left out is worth a warning, comments are not")
  func rawHTML() throws {
    #expect(
      try ContentFixture.faults(inExperiment: "---\ntitle: A\n---\n<!-- note -->\n\n<math>x</math>\n")
        == "content/experiments/a.md:6: warning: HTML is left out here. "
        + "Write Markdown, or set `raw_html: true` in the page's front matter.")
    #expect(
      try ContentFixture.faults(inExperiment: "---\ntitle: A\nraw_html: true\n---\n<math>x</math>\n") == "")
  }
}
