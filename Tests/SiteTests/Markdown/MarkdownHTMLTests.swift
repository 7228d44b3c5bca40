import CCMark
import TestSupport
import Testing

@testable import Site

/// libcmark's own HTML is the reference: everything that it can parse must come out as it would write it.
@Suite("HTML is libcmark's, byte for byte")
struct MarkdownHTMLTests {
  private static func reference(_ markdown: String, _ options: Int32) -> String {
    let html = markdown.withCString { cmark_markdown_to_html($0, markdown.utf8.count, options) }
    defer { cmark_get_default_mem_allocator().pointee.free(html) }
    return html.map { String(cString: $0) } ?? "nothing"
  }

  private static func differs(_ markdown: String) -> Bool {
    let strict = reference(markdown, CMARK_OPT_DEFAULT) != MarkdownTree(parsing: markdown).html()
    let smart =
      reference(markdown, CMARK_OPT_UNSAFE | CMARK_OPT_SMART)
      != MarkdownTree(parsing: markdown, smartPunctuation: true).html(allowsRawHTML: true)
    return strict || smart
  }

  @Test("every byte of an address")
  func addresses() {
    let text = String(String.UnicodeScalarView((1...0x17F).compactMap(Unicode.Scalar.init)))
    for scalar in text.unicodeScalars {
      let address = "a\(scalar)b"
      #expect(!Self.differs("[x](<\(address)>) ![y](<\(address)> \"\(address)\")"), "\(scalar.value)")
    }
  }

  @Test(
    "addresses that run something, and those that only look so",
    arguments: [
      "javascript:x", "JavaScript:x", "vbscript:x", "FILE:///x", "data:text/html,x", "data:image/PNG;x",
      "data:image/gif;x", "Data:Image/jpeg;x", "data:image/webp;x", "data:image/svg+xml;x", "javascript", " file:x",
      "javascript:\u{301}x", "filed:x", "ja\u{0}vascript:x", "&#106;avascript:x",
    ])
  func schemes(address: String) {
    #expect(!Self.differs("[a](<\(address)>)\n\n![b](<\(address)>)\n\n<\(address)>\n"))
  }

  @Test(
    "titles, info strings, lists and images of every kind",
    arguments: [
      "[a](b \"\") [a](b '') [a](b) [a](b \"t&<\\\"\")",
      "![a](b \"\") ![a](b) ![a *b* `c` <d> ![e](f)\n  \ng  \nh](i (j))",
      "[a]: b \"\"\n[c]: d\n\n[a] [c] ![a] ![c]", "``` a&b\tc\nd\n```\n~~~   \ne\n~~~\n    f\n",
      "0. a\n1. b\n\n7) c\n1) d\n",
      "- a\n- b\n\n  c\n- > d\n\n    e\n-\n- ```\n  f\n  ```\n", "<div>\n\n*a*\n\n</div>\n- <b>c</b>\n  <!-- d -->\n",
      "###### a\n# b [c](d)\n---\n> # e\n> - f\n>\n>   ***\n", "",
    ])
  func kinds(markdown: String) {
    #expect(!Self.differs(markdown))
  }

  /// Pieces of which any text can be made: each is the beginning, the end or the inside of something.
  private static let pieces = [
    "a", "b c", "\n", "\n", "\n\n", "  \n", "\\\n", "    ", "\t", "- ", "* ", "+ ", "1. ", "2) ", "> ", "# ", "## ",
    "===\n", "---\n",
    "```", "```x y\n", "\n~~~\n", "*", "**", "_", "`", "``", "[", "]", "](", "](d \"e\")", ")", "![", "[a]: b 'c'\n",
    "[a]", "<", ">",
    "<b>", "</b>", "<div>\n", "<!-- c -->", "<irc://d.e/?f&g>", "&amp;", "&", "&#0;", "\"", "'", "--",
    "...", "\\", "é",
    "😀", "\u{0}", "javascript:", "(<k l>)",
  ]

  @Test("texts made of anything", arguments: 0..<8)
  func anything(seed: Int) {
    var generator = SplitMix(state: UInt64(seed))
    for _ in 0..<2_000 {
      let markdown = (0..<Int.random(in: 1...24, using: &generator)).map { _ in
        Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
      }.joined()
      guard Self.differs(markdown) else { continue }
      Issue.record("\(markdown.debugDescription)")
      return
    }
  }
}
