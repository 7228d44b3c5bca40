import Testing

@testable import Site

@Suite("Text becomes markup and nothing else")
struct MarkupTextTests {
  @Test("what markup would read is escaped")
  func escaping() {
    #expect(MarkupText.escaped("a < b & \"c\" > 'd' é猫") == "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39; é猫")
  }

  @Test(
    "what neither HTML nor XML can carry is replaced",
    arguments: [0, 1, 0x08, 0x0B, 0x1B, 0x7F, 0x80, 0x9B, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFF] as [UInt32])
  func forbidden(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(MarkupText.cleaned("a\(Character(scalar))b") == "a\u{FFFD}b")
    #expect(MarkupText.escaped("<\(Character(scalar))") == "&lt;\u{FFFD}")
  }

  @Test("everything else stays", arguments: ["a\tb\nc", "é", "\u{A0}", "ﷺ", "😀", "\u{200D}", "עברית", "\u{FFFD}"])
  func allowed(text: String) {
    #expect(MarkupText.cleaned(text) == text)
  }

  @Test("characters that character references in Markdown stand for are no exception")
  func references() throws {
    let fixture = try ContentFixture(["experiments/a.md": "---\ntitle: A\n---\na&#1;b&#27;c\n"])
    let content = try #require(fixture.load().content)
    #expect(content.experiments[0].html(figures: [:], linker: .init(path: "a.html")) == "<p>a\u{FFFD}b\u{FFFD}c</p>\n")
  }

  @Test("nor is what YAML writes with an escape: it is refused where it stands")
  func yaml() throws {
    #expect(
      try ContentFixture.faults(inExperiment: "---\ntitle: \"a\\0b\"\n---\n")
        == "content/experiments/a.md:2:8: error: This value holds the control character U+0000. Remove it.")
  }
}
