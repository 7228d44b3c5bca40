import Diagnostics
import Testing

@testable import Site

@Suite("YAML keeps its places and survives hostile text")
struct YAMLParserTests {
  private func parse(_ text: String, from origin: TextOrigin = TextOrigin(file: "a.yml")) -> (YAMLValue?, String) {
    var diagnostics = DiagnosticList()
    let value = YAMLParser.parse(text, from: origin, diagnostics: &diagnostics)
    return (value, diagnostics.description)
  }

  @Test("every key and value knows its line and column")
  func places() throws {
    let (value, faults) = parse("title: Cat\nlist:\n  - one\n  - {größe: 2}\n")
    guard case .mapping(let pairs)? = value?.kind else {
      Issue.record("not a mapping")
      return
    }
    #expect(faults == "")
    #expect(pairs.map { "\($0.key.value)@\($0.key.location)" } == ["title@a.yml:1:1", "list@a.yml:2:1"])
    #expect(pairs[0].value.location.description == "a.yml:1:8")
    guard case .sequence(let list) = pairs[1].value.kind, case .mapping(let inner) = list[1].kind else {
      Issue.record("not a list with a mapping")
      return
    }
    #expect(list[0].location.description == "a.yml:3:5")
    #expect(inner[0].key.location.description == "a.yml:4:6")
    #expect(inner[0].value.location.description == "a.yml:4:13")
  }

  @Test("a piece of a file shows places of the file")
  func pieces() {
    let origin = TextOrigin(file: "a.md", firstLine: 10, columnOffsets: [2, 4])
    #expect(parse("a: 1\nb: *c", from: origin).1 == "a.md:11:8: error: This is not valid YAML: found undefined alias.")
    #expect(parse("a: 1\nb: 2", from: origin).0?.location.description == "a.md:10:3")
  }

  @Test(
    "doubled keys are all reported, each at its second copy, and nothing else is lost",
    arguments: [
      ("a: 1\nb: 2\na: 3\n", "a.yml:3:1: error: “a” is given twice; the first is on line 1. Remove one of them."),
      (
        "a: 1\nb: 2\nb: 3\na: 4\n",
        """
        a.yml:3:1: error: “b” is given twice; the first is on line 2. Remove one of them.
        a.yml:4:1: error: “a” is given twice; the first is on line 1. Remove one of them.
        """
      ),
      (
        "a: 1\na: 2\na: 3\n",
        """
        a.yml:2:1: error: “a” is given twice; the first is on line 1. Remove one of them.
        a.yml:3:1: error: “a” is given twice; the first is on line 1. Remove one of them.
        """
      ),
      (
        "\"a\": {x: 1, y: 2, x: 3}\na: 2\n",
        """
        a.yml:1:19: error: “x” is given twice; the first is on line 1. Remove one of them.
        a.yml:2:1: error: “a” is given twice; the first is on line 1. Remove one of them.
        """
      ),
    ])
  func doubledKeys(text: String, faults: String) {
    #expect(parse(text).1 == faults)
  }

  @Test("of very many doubled keys only one is told")
  func manyDoubledKeys() {
    let faults = parse(String(repeating: "a: 1\n", count: 300)).1
    #expect(faults == "a.yml:17:1: error: “a” is given twice. Remove one of them.")
  }

  @Test("the value of a doubled key is that of its first copy")
  func doubledKeyValue() {
    guard case .mapping(let pairs)? = parse("a: 1\nb: 2\na: 3\n").0?.kind else {
      Issue.record("not a mapping")
      return
    }
    #expect(pairs.map(\.key.value) == ["a", "b"])
    guard case .scalar("1", isQuoted: false) = pairs[0].value.kind else {
      Issue.record("not the first copy")
      return
    }
  }

  @Test(
    "broken YAML is one error with its place",
    arguments: [
      (
        "title: Cat: dog\n",
        "a.yml:1:11: error: This is not valid YAML: mapping values are not allowed in this context. Put the text in quotes."
      ),
      (
        "a: [1, 2\nb: 3\n",
        "a.yml:2:2: error: This is not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'."
      ),
      (
        "a: \"open\n",
        "a.yml:2:1: error: This is not valid YAML: while scanning a quoted scalar, found unexpected end of stream."
      ),
      (
        "\ta: 1\n",
        "a.yml:1:1: error: This is not valid YAML: while scanning for the next token, found character that cannot start any token."
      ),
      ("a: *b\n", "a.yml:1:4: error: This is not valid YAML: found undefined alias."),
      (
        "a: 1\n---\nb: 2\n",
        "a.yml:2:1: error: This is not valid YAML: expected a single document in the stream, but found another document."
      ),
      ("a: 1\nb: \u{7}\n", "a.yml:2:4: error: This is not valid YAML: control characters are not allowed."),
      ("? [a, b]\n: 1\n", "a.yml:1:3: error: A key must be a single word."),
    ])
  func broken(text: String, faults: String) {
    #expect(parse(text).1 == faults)
  }

  @Test("an anchor serves a few aliases")
  func aliases() {
    #expect(parse("a: &x [1, 2]\nb: *x\nc: *x\n").1 == "")
  }

  @Test("aliases of aliases are refused before they grow")
  func aliasBomb() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    text += "? *a60\n: x\n? *a60\n: y\n"
    #expect(
      parse(text).1 == "a.yml:1: error: The YAML uses more than 16 aliases (`*name`). Write the values out.")
  }

  @Test("words in asterisks are no aliases")
  func asterisks() {
    #expect(parse("a: \"" + String(repeating: "*word* ", count: 40) + "\"").1 == "")
  }

  @Test("deep nesting is refused, and never crashes", arguments: ["[", "{a: ", "- ", "? ", "!!seq [", "&a ["])
  func nesting(opening: String) {
    #expect(parse(String(repeating: opening, count: 20_000)).1.hasPrefix("a.yml:"))
  }

  @Test("nesting that nobody writes by hand is refused where it becomes too deep, and does no harm")
  func deepNesting() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(parse(nested(64)).1 == "")
    #expect(parse(nested(900)).1 == "a.yml:1:65: error: The YAML is nested deeper than 64 levels.")
    let dashes = String(repeating: "- ", count: 900) + "a"
    #expect(parse(dashes).1 == "a.yml:1:129: error: The YAML is nested deeper than 64 levels.")
  }

  @Test("too large a text is refused")
  func size() {
    #expect(
      parse("a: " + String(repeating: "x", count: 300_000)).1
        == "a.yml:1: error: The YAML is larger than 256 KiB.")
  }

  @Test("blank text is no value and no fault", arguments: ["", "\n\n", "  \n"])
  func blank(text: String) {
    let (value, faults) = parse(text)
    #expect(value == nil)
    #expect(faults == "")
  }

  @Test("a text of comments only reads as nothing")
  func comments() {
    let (value, faults) = parse("# nothing here\n")
    #expect(value?.isNull ?? true)
    #expect(faults == "")
  }
}
