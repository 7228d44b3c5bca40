import Diagnostics
import Testing

@testable import Site

@Suite("Markdown is CommonMark, safe unless told otherwise")
struct MarkdownTests {
  @Test(
    "examples of the CommonMark specification",
    arguments: [
      ("\tfoo\tbaz\t\tbim\n", "<pre><code>foo\tbaz\t\tbim\n</code></pre>\n"),
      ("- `one\n- two`\n", "<ul>\n<li>`one</li>\n<li>two`</li>\n</ul>\n"),
      ("\\*not emphasized*\n", "<p>*not emphasized*</p>\n"),
      ("&nbsp; &amp; &copy; &AElig;\n", "<p>\u{A0} &amp; © Æ</p>\n"),
      ("foo\nbar\n===\n", "<h1>foo\nbar</h1>\n"),
      ("```\n<\n >\n```\n", "<pre><code>&lt;\n &gt;\n</code></pre>\n"),
      ("> # Foo\n> bar\n> baz\n", "<blockquote>\n<h1>Foo</h1>\n<p>bar\nbaz</p>\n</blockquote>\n"),
      ("***strong emph***\n", "<p><em><strong>strong emph</strong></em></p>\n"),
      ("[foo]: /url \"title\"\n\n[foo]\n", "<p><a href=\"/url\" title=\"title\">foo</a></p>\n"),
      ("![foo *bar*](train.jpg \"t\")\n", "<p><img src=\"train.jpg\" alt=\"foo bar\" title=\"t\" /></p>\n"),
      ("<https://foo.bar.baz/?q=a b>\n", "<p>&lt;https://foo.bar.baz/?q=a b&gt;</p>\n"),
      ("foo  \nbaz\n", "<p>foo<br />\nbaz</p>\n"),
    ])
  func specification(markdown: String, html: String) {
    #expect(MarkdownTree(parsing: markdown).html() == html)
  }

  @Test("HTML and dangerous links are left out, and passed on when allowed")
  func safety() {
    let text = "<script>x</script>\n\n[a](javascript:x) <b>b</b>\n"
    #expect(
      MarkdownTree(parsing: text).html()
        == "<!-- raw HTML omitted -->\n<p><a href=\"\">a</a> <!-- raw HTML omitted -->b<!-- raw HTML omitted --></p>\n")
    #expect(
      MarkdownTree(parsing: text).html(allowsRawHTML: true)
        == "<script>x</script>\n<p><a href=\"javascript:x\">a</a> <b>b</b></p>\n")
  }

  @Test("punctuation stays as typed unless it is to be smart")
  func punctuation() {
    #expect(MarkdownTree(parsing: "\"a\" -- b...").html() == "<p>&quot;a&quot; -- b...</p>\n")
    #expect(MarkdownTree(parsing: "\"a\" -- b...", smartPunctuation: true).html() == "<p>“a” – b…</p>\n")
  }

  @Test("deep nesting and bytes of zero do no harm", arguments: [">", "* ", "**a ", "[", "![", "\0", "`a "])
  func hostile(piece: String) {
    let tree = MarkdownTree(parsing: String(repeating: piece, count: 5_000) + "x")
    #expect(tree.nodes.count > 1)
    #expect(tree.nodes[0].end == tree.nodes.count)
    #expect(tree.html().contains("x"))
    #expect(tree.plainText(of: 0).contains("x"))
  }

  @Test("every node knows its line and what lies in it")
  func places() {
    let tree = MarkdownTree(parsing: "# A\n\n- b *c\n  d*\n\n  > ![e](f)\n")
    let shown = tree.nodes.map { "\(String(describing: $0.kind).prefix { $0 != "(" }) \($0.line ?? 0) \($0.end)" }
    #expect(
      shown == [
        "document 1 15", "heading 1 3", "text 1 3", "list 3 15", "item 3 15", "paragraph 3 11", "text 3 7",
        "emphasis 3 11", "text 3 9", "softBreak 0 10", "text 4 11", "blockQuote 6 15", "paragraph 6 15", "image 6 15",
        "text 6 15",
      ])
    #expect(tree.plainText(of: 5) == "b c d")
    #expect(tree.nodes.compactMap(\.address) == ["f"])
  }
}
