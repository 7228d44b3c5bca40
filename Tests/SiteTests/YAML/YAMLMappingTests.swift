import Diagnostics
import Testing

@testable import Site

@Suite("Keys are read with their types")
struct YAMLMappingTests {
  private func mapping(_ text: String, keys names: [String] = ["t", "b", "n", "i", "c", "l"]) -> YAMLMapping {
    var diagnostics = DiagnosticList()
    let value = YAMLParser.parse(text, from: TextOrigin(file: "a.yml"), diagnostics: &diagnostics)
    let keys = YAMLKeys(of: "the file", names.map { YAMLKey($0, "…", "Something.") })
    return YAMLMapping(value, keys, at: SourceLocation(file: "a.yml", line: 1))
  }

  private enum Fruit: String, CaseIterable {
    case apple, pear
  }

  @Test("values of the right type are read where they stand")
  func values() {
    var mapping = mapping(
      "t: 2026\nb: true\nn: 2.5e-1\ni: 7\nc: pear\nl: [x, y]\ns: z\n", keys: ["t", "b", "n", "i", "c", "l", "s"])
    #expect(mapping.text("t") == Located("2026", at: SourceLocation(file: "a.yml", line: 1, column: 4)))
    #expect(mapping.bool("b") == true)
    #expect(mapping.number("n")?.value == 0.25)
    #expect(mapping.integer("i", in: 1...9, "1 to 9")?.value == 7)
    #expect(mapping.choice("c", of: Fruit.self)?.value == .pear)
    #expect(mapping.oneOrMore("l") { $0.text(of: $1, "l")?.value } == ["x", "y"])
    #expect(mapping.oneOrMore("s") { $0.text(of: $1, "s")?.value } == ["z"])
    #expect(mapping.text("absent") == nil)
    #expect(mapping.finish().description == "")
  }

  @Test(
    "values of another type are faults",
    arguments: [
      ("t: [a]", "a.yml:1:4: error: “t” must be text, not a list."),
      ("t: {a: b}", "a.yml:1:4: error: “t” must be text, not a mapping."),
      ("t:", "a.yml:1:1: error: “t” has no value. Give it one or remove the line."),
      ("t: ~", "a.yml:1:1: error: “t” has no value. Give it one or remove the line."),
      ("t: ' '", "a.yml:1:4: error: “t” is blank. Give it a value or remove the line."),
      ("b: yes", "a.yml:1:4: error: “b” must be true or false, not “yes”."),
      ("b: 'true'", "a.yml:1:4: error: “b” must be true or false, not the text “true”."),
      ("n: .nan", "a.yml:1:4: error: “n” must be a number, not “.nan”."),
      ("n: nan", "a.yml:1:4: error: “n” must be a number, not “nan”."),
      ("n: 1e999", "a.yml:1:4: error: “n” must be a number, not “1e999”."),
      ("n: '1'", "a.yml:1:4: error: “n” must be a number, not the text “1”."),
      ("i: 10", "a.yml:1:4: error: “i” must be a digit, not “10”."),
      ("i: 99999999999999999999", "a.yml:1:4: error: “i” must be a digit, not “99999999999999999999”."),
      ("c: aple", "a.yml:1:4: error: “aple” is not a value of “c”. Did you mean “apple”?"),
      ("c: plum", "a.yml:1:4: error: “plum” is not a value of “c”. Try one of: apple, pear."),
      ("l: []", "a.yml:1:4: error: “l” is an empty list. Give it a value or remove the line."),
      ("l: [a, [b]]", "a.yml:1:8: error: “l” must be text, not a list."),
      ("- a", "a.yml:1:1: error: the file must be lines of `key: value`, not a list."),
      ("a", "a.yml:1:1: error: the file must be lines of `key: value`, not a single value."),
      ("lits: a", "a.yml:1:1: error: “lits” is not a key of the file. Its keys are: b, c, i, l, n, t."),
      ("Title: a", "a.yml:1:1: error: “Title” is not a key of the file. Its keys are: b, c, i, l, n, t."),
    ])
  func faults(text: String, fault: String) {
    var mapping = mapping(text)
    _ = mapping.text("t")
    _ = mapping.bool("b")
    _ = mapping.number("n")
    _ = mapping.integer("i", in: 0...9, "a digit")
    _ = mapping.choice("c", of: Fruit.self)
    _ = mapping.oneOrMore("l") { $0.text(of: $1, "l") }
    #expect(mapping.finish().description == fault)
  }

  @Test("an unknown key gets the nearest known one")
  func nearest() {
    var mapping = mapping("methds: a", keys: ["methods", "model"])
    _ = mapping.text("methods")
    #expect(
      mapping.finish().description
        == "a.yml:1:1: error: “methds” is not a key of the file. Did you mean “methods”?")
  }

  @Test("a key that is read, and is none of its keys, is a fault all the same")
  func forgotten() {
    var mapping = mapping("new: a", keys: ["old"])
    #expect(mapping.text("new")?.value == "a")
    #expect(
      mapping.finish().description == "a.yml:1:1: error: “new” is not a key of the file. Its keys are: old.")
  }
}
