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
    #expect(MarkdownDocument(markdown).html == html)
  }

  @Test("HTML and dangerous links are left out, and passed on when allowed")
  func safety() {
    let text = "<script>x</script>\n\n[a](javascript:x) <b>b</b>\n"
    #expect(
      MarkdownDocument(text).html
        == "<!-- raw HTML omitted -->\n<p><a href=\"\">a</a> <!-- raw HTML omitted -->b<!-- raw HTML omitted --></p>\n")
    #expect(
      MarkdownDocument(text, options: .init(allowsRawHTML: true)).html
        == "<script>x</script>\n<p><a href=\"javascript:x\">a</a> <b>b</b></p>\n")
  }

  @Test("punctuation stays as typed unless it is to be smart")
  func punctuation() {
    #expect(MarkdownDocument("\"a\" -- b...").html == "<p>&quot;a&quot; -- b...</p>\n")
    #expect(MarkdownDocument("\"a\" -- b...", options: .init(smartPunctuation: true)).html == "<p>“a” – b…</p>\n")
  }

  @Test("deep nesting and bytes of zero do no harm", arguments: [">", "* ", "**a ", "[", "![", "\0", "`a "])
  func hostile(piece: String) {
    let document = MarkdownDocument(String(repeating: piece, count: 5_000) + "x")
    #expect(document.nodes.count > 1)
    #expect(document.html.contains("x"))
    #expect(document.nodes.first?.plainText.contains("x") == true)
  }

  @Test(
    "explain blocks are found at any depth, with the places of their keys",
    arguments: [
      ("```explain\na: 1\n```\n", 1, "2:1"),
      ("Text.\n\n~~~ explain really\na: 1\n~~~\n", 3, "4:1"),
      ("- item\n\n  ```explain\n  a: 1\n  ```\n", 3, "4:3"),
      ("> > ```explain\n> > a: 1\n> > ```\n", 1, "2:5"),
      ("1. > - ```explain\n   >   a: 1\n", 1, "2:8"),
      ("   ```explain\n   a: 1\n   ```\n", 1, "2:4"),
    ] as [(String, Int, String)])
  func explainBlocks(markdown: String, line: Int, place: String) throws {
    let source = MarkdownSource(file: "a.md", text: markdown)
    let blocks = ExplainBlock.all(in: MarkdownDocument(markdown), of: source)
    let block = try #require(blocks.first)
    #expect(blocks.count == 1)
    #expect(block.yaml == "a: 1\n")
    #expect(block.location == SourceLocation(file: "a.md", line: line))
    #expect(block.origin.location(line: 1, column: 1).description == "a.md:\(place)")
  }

  @Test(
    "other code blocks are none",
    arguments: ["```\na: 1\n```\n", "```plain\n```\n", "```plaintext\n```\n", "    explain\n", "`explain`\n"])
  func otherBlocks(markdown: String) {
    let source = MarkdownSource(file: "a.md", text: markdown)
    #expect(ExplainBlock.all(in: MarkdownDocument(markdown), of: source).isEmpty)
  }

  @Test(
    "a fence word that looks like explain is a fault, for the block would be shown as code",
    arguments: ["explian", "Explain", "explained", "{explain}", "exlpain", "explain:"])
  func misspelt(word: String) {
    let markdown = "Text.\n\n- item\n\n  ```\(word) x\n  image: a.png\n  ```\n"
    let found = ExplainBlock.misspelt(in: MarkdownDocument(markdown), of: MarkdownSource(file: "a.md", text: markdown))
    #expect(
      found == [
        .error(
          "“\(word)” is not a kind of block, and would be shown as code.", at: SourceLocation(file: "a.md", line: 5),
          hint: "Did you mean “explain”?")
      ])
  }
}
