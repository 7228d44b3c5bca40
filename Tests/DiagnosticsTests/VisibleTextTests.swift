import Diagnostics
import Testing

@Suite("A terminal shows names and obeys none")
struct VisibleTextTests {
  @Test(
    "what a terminal would obey is written out",
    arguments: [
      ("\u{1B}[31mred", "\\u{1B}[31mred"), ("a\u{7}b", "a\\u{7}b"), ("a\nb\tc\r", "a\\nb\\tc\\u{D}"),
      ("\u{9B}2J", "\\u{9B}2J"),
      ("\u{202E}gpj.exe", "\\u{202E}gpj.exe"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("\u{0}", "\\u{0}"),
      ("a\u{2028}b", "a\\u{2028}b"), ("\u{FEFF}a", "\\u{FEFF}a"),
    ])
  func controls(text: String, shown: String) {
    #expect(text.visible == shown)
    let diagnostic = Diagnostic.error("\(text).", at: SourceLocation(file: text), hint: text)
    #expect(diagnostic.description == "\(shown): error: \(shown). \(shown)")
  }

  @Test("letters of every script, joiners and emoji stay", arguments: ["é", "עברית", "👩‍🔬", "क्‍ष", "“quoted”", "a b"])
  func letters(text: String) {
    #expect(text.visible == text)
  }

  @Test("JSON keeps its value")
  func json() {
    #expect("{\"a\": \"x\u{9B}y\u{202E}\u{E0001}\"\n}".visibleInJSON == "{\"a\": \"x\\u009by\\u202e\\udb40\\udc01\"\n}")
  }

  @Test("a long diagnostic is shortened in the middle")
  func shortened() {
    let text = Diagnostic.error(String(repeating: "a", count: 10_000) + "b").description
    #expect(text.count == 2000)
    #expect(text.hasPrefix("error: aaa") && text.contains("a…a") && text.hasSuffix("ab"))
  }
}
