import Diagnostics
import Testing

@testable import Site

@Suite("What Markdown is extended by works in pages")
struct PageMarkdownTests {
  private func page(_ markdown: String, head: String = "") throws -> (page: Page, html: String, faults: String) {
    let fixture = try ContentFixture(["pages/a.md": "---\ntitle: A\n\(head)---\n" + markdown])
    let (content, faults) = fixture.load()
    let page = try #require(content?.pages.first)
    return (page, page.html(figures: [:], linker: .init(path: page.outputPath)), faults)
  }

  private func faults(_ markdown: String) throws -> String {
    try ContentFixture.faults(["pages/a.md": "---\ntitle: A\n---\n" + markdown])
  }

  // MARK: - Formulas

  @Test(
    "dollars enclose formulas by Pandoc's rules",
    arguments: [
      ("a $x$ b", "<p>a <math><mrow><mi>x</mi></mrow></math> b</p>\n"),
      ("$$x$$", "<p><math display=\"block\"><mrow><mi>x</mi></mrow></math></p>\n"),
      ("$$\nx\n$$", "<p><math display=\"block\"><mrow><mi>x</mi></mrow></math></p>\n"),
      ("It costs $20 or $30.", "<p>It costs $20 or $30.</p>\n"), ("$5, $ 6$ and 7$", "<p>$5, $ 6$ and 7$</p>\n"),
      ("$x$1", "<p>$x$1</p>\n"), ("\\$x$", "<p>$x$</p>\n"), ("`$x$` `a", "<p><code>$x$</code> `a</p>\n"),
      ("[a](#b$c) $d", "<p><a href=\"#b$c\">a</a> $d</p>\n"), ("    $x$", "<pre><code>$x$\n</code></pre>\n"),
      (
        "$a_b c_d$",
        "<p><math><mrow><msub><mi>a</mi><mi>b</mi></msub><msub><mi>c</mi><mi>d</mi></msub></mrow></math></p>\n"
      ),
      ("$a <b$ > c", "<p><math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math> &gt; c</p>\n"),
    ] as [(String, String)])
  func formula(markdown: String, html: String) throws {
    #expect(try page(markdown + "\n").html == html)
  }

  @Test(
    "a formula that cannot be read is a fault where it stands",
    arguments: [
      ("Text $a + \\fraq b$.", "5:11"), ("> - $$a\n>   = \\fraq b$$", "6:7"), ("x\n\n$$\na\n\\fraq b\n$$", "8:1"),
      ("| a |\n|---|\n| $\\fraq$ |", "6"),
    ])
  func fault(markdown: String, place: String) throws {
    let text = "“\\fraq” is not a command that formulas here can have. Did you mean “\\frac”?"
    let markdown = markdown.hasPrefix("x") || markdown.hasPrefix("|") ? markdown : "\n" + markdown
    #expect(try faults(markdown + "\n") == "content/pages/a.md:\(place): error: \(text)")
  }

  @Test("a displayed formula that a list cuts in two is told")
  func cut() throws {
    let hint = "Close it with $$; in it, no line is blank or begins like the item of a list, with “+ ” or “- ”."
    #expect(
      try faults("x\n\n$$\na\n+ b\n$$\n")
        == "content/pages/a.md:6: warning: The formula that begins here has no end in its paragraph. \(hint)")
  }

  // MARK: - Links and ids

  @Test("links in cells and footnotes are followed")
  func links() throws {
    let found = try faults("| a |\n|---|\n| [b](nothing.md) |\n\nd[^e]\n\n[^e]: [f](nothing.png)\n")
    let lines = found.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("content/pages/a.md:6: error: There is no page “nothing.md”") == true, "\(found)")
    #expect(lines.last?.hasPrefix("content/pages/a.md:10: error: There is no file “nothing.png”") == true, "\(found)")
  }

  @Test("a heading gives itself an id, which links find and others make room for")
  func ids() throws {
    let (_, html, faults) = try page("## B {#c}\n\n## C\n\n[d](#c) [e](#c-2) [f](#fn-g) h[^g]\n\n[^g]: i\n")
    #expect(html.hasPrefix("<h2 id=\"c\">B</h2>\n<h2 id=\"c-2\">C</h2>\n"))
    #expect(faults.isEmpty, "\(faults)")
  }

  @Test("an id that the page has already is a fault, and so are footnotes without marks and marks without footnotes")
  func doubled() throws {
    #expect(
      try faults("## B {#c}\n\n## D {#c}\n\n## E {#figure-1}\n\n[^f]\n\n[^g]: h\n")
        == """
        content/pages/a.md:6: warning: The id “c” stands on this page already. Give the heading another one.
        content/pages/a.md:8: warning: The id “figure-1” stands on this page already. Give the heading another one.
        content/pages/a.md:10: warning: There is no footnote “f”. Write a line `[^f]: …`, or \\[^ if none is meant.
        content/pages/a.md:12: warning: Nothing refers to the footnote “g”, so it is left out. Write [^g] where it belongs, or remove it.
        """)
  }

  @Test("a table of contents has the headings, those below the highest level in one list")
  func contents() throws {
    let markdown = "## B\n\n### C $x$\n\n#### D\n\n## E {#f}\n"
    let contents = try page(markdown, head: "toc: true\n").page.contents
    #expect(contents.map(\.title) == ["B", "E"])
    #expect(contents.map { $0.parts.map(\.title) } == [["C x", "D"], []])
    #expect(contents.map(\.url) == [.file("a.html", suffix: "#b"), .file("a.html", suffix: "#f")])
    #expect(try page(markdown).page.contents.isEmpty)
  }

  @Test(
    "large and hostile texts end in time",
    arguments: [
      "$a ", "$$", "\\$$", "[^", "[^a](", "www._", "http://", "a@", "~~a ~", "`$", "|a", "|a\n|-\n", "]( ", "<a ",
      "[^a]: b\n",
      "> |a|\n> |-|\n", "{#", "- [ ] ", "# a {#b}\n", "\\~",
    ])
  func hostile(piece: String) {
    let tree = MarkdownTree(parsing: String(repeating: piece, count: 20_000) + "x")
    #expect(tree.nodes[0].end == tree.nodes.count)
    let header = String(repeating: "|a", count: 2_000) + "\n" + String(repeating: "|-", count: 2_000) + "\n"
    #expect(MarkdownTree(parsing: header + String(repeating: "b\n", count: 2_000)).nodes.count < 500_000)
  }
}
