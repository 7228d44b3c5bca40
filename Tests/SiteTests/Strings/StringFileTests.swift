import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Site

@Suite("The words of the interface")
struct StringFileTests {
  private static let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../strings")
    .standardizedFileURL

  @Test("the program holds every file of strings/, to the byte, and none has a fault")
  func embedded() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(BuiltInFile.strings.map(\.path) == names)
    for file in BuiltInFile.strings {
      #expect(try Data(contentsOf: Self.folder.appendingPathComponent(file.path)) == Data(file.bytes), "\(file.path)")
      var faults = DiagnosticList()
      let methods = file.path == "en.yml" ? nil : StringFile.builtIn["ko"]?.keys.filter { $0.hasPrefix("method_") }
      // What the engine has words of its own for is held to it in another room.
      let known = methods.map { keys in
        StringFile.known([]).merging(keys.map { ($0, $0.hasSuffix("_nothing") ? ["layer"] : []) }) { $1 }
      }
      _ = StringFile.read(String(decoding: file.bytes, as: UTF8.self), from: file.path, known: known, &faults)
      #expect(faults.description == "")
    }
  }

  @Test("every English text is used in Swift or in a template, and every one that is used is there")
  func used() throws {
    var names = Set(StringKey.allCases.map(\.name))
    for file in BuiltInFile.theme where file.path.hasSuffix(".mustache") {
      for match in String(decoding: file.bytes, as: UTF8.self).matches(of: #/\{\{> strings\.([a-z_]+)\}\}/#) {
        names.insert(String(match.output.1))
      }
    }
    #expect(Set(StringFile.english.keys).symmetricDifference(names) == [])
  }

  @Test("Korean lacks nothing, and has a place for each value")
  func korean() throws {
    let korean = try #require(StringFile.builtIn["ko"])
    for (key, text) in StringFile.english {
      #expect(korean[key].map { $0.placeholders.symmetricDifference(text.placeholders) } == [], "\(key)")
    }
  }

  @Test("no word stands in a template")
  func templates() {
    for file in BuiltInFile.theme where file.path.hasSuffix(".mustache") {
      var text = String(decoding: file.bytes, as: UTF8.self)
      for pattern in [#/\{\{![^}]*\}\}/#, #/<style>[\s\S]*?<\/style>/#, #/\{\{[^}]*\}\}/#] {
        text.replace(pattern, with: "")
      }
      let words =
        text.matches(of: #/(?:aria-label|alt|title)="([^"]*[A-Za-z][^"]*)"/#).map { String($0.output.1) }
        + text.replacing(#/<[^>]*>/#, with: "\n").split(separator: "\n").map(String.init)
      // Colour maps go by their names everywhere.
      let names = ["turbo", "jet", "viridis", "inferno", "magma", "gray", "coolwarm"]
      #expect(words.filter { $0.contains { $0.isLetter } && !names.contains($0) } == [], "\(file.path)")
    }
  }

  // MARK: - A project's own

  private func faults(_ files: [String: String?]) throws -> String { try ContentFixture.faults(files) }

  @Test("a key that nobody knows is a fault with the nearest that there is")
  func unknownKey() throws {
    #expect(
      try faults(["strings/en.yml": "fed: Atom\n"])
        == "content/strings/en.yml:1:1: error: There is no text “fed”. Did you mean “feed”?")
  }

  @Test("so is a value that the English text has no place for, and a text without words")
  func unknownValue() throws {
    #expect(
      try faults(["strings/en.yml": "figure_number: \"Fig. {{nmber}}\"\nfeed: \"{{x}}\"\nnext: ''\nexplained: [a]\n"])
        == """
        content/strings/en.yml:1:16: error: “figure_number” has no value “nmber”. Did you mean “{{number}}”?
        content/strings/en.yml:2:7: error: “feed” has no value “x”. It has none.
        content/strings/en.yml:3:7: error: “next” has no words. Write some, or remove the line.
        content/strings/en.yml:4:12: error: “explained” has no words. Write some, or remove the line.
        """)
  }

  @Test("a file that is none, and one of a language that no page has, are told of")
  func otherFiles() throws {
    #expect(
      try faults(["strings/english.yml": "feed: A\n", "strings/de.yml": "feed: A\n"]) == """
        content/strings/de.yml: warning: No page of the site is in this language. Set `language:` in site.yml.
        content/strings/english.yml: warning: This file is not read. Call it by a language tag: `en.yml`, or `pt-BR.yml`.
        """)
  }

  @Test("what a language lacks stands in English, and is counted once")
  func missing() throws {
    let all = StringFile.english.count
    let site = try ContentFixture([
      "site.yml": "title: Site\nlanguage: pt-BR\n", "strings/pt.yml": "feed: Canal\nnext: Seguinte\n",
      "strings/pt-BR.yml": "next: Próximo\n",
    ]).load()
    #expect(
      site.faults
        == "content/site.yml: warning: \(all - 2) of the \(all) texts of the interface have no words in “pt-BR”, and stand in "
        + "English. Give them in content/strings/pt-BR.yml, with lines such as `\(StringFile.english.keys.filter { !["feed", "next"].contains($0) }.min() ?? ""): …`."
    )
    let strings = try #require(site.content).strings["pt-BR"]
    #expect(["feed", "next", "previous"].map { strings.text($0)?.filled([:]) } == ["Canal", "Próximo", "Previous"])
  }

  @Test("the program’s own languages need no file, and a project changes what it likes")
  func changed() throws {
    let site = try ContentFixture([
      "site.yml": "title: Site\nlanguage: ko-KR\n", "strings/ko.yml": "method_grad_cam: 그래드캠\n",
    ]).load()
    #expect(site.faults == "")
    let strings = try #require(site.content).strings["ko-KR"]
    #expect(strings(.pageNotFound) == "페이지를 찾을 수 없습니다")
    #expect(strings.title(of: .gradCAM) == "그래드캠")
    #expect(strings.title(of: .cam) == "CAM")
  }

  // MARK: - In templates

  private func faults(inTemplate text: String) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "t/page.mustache")
    var faults = DiagnosticList()
    _ = TemplateLibrary.load(from: folder.url.appendingPathComponent("t"), shownAs: "t", diagnostics: &faults)
    return faults.description
  }

  @Test("a text that there is not, and one whose value means nothing at its place, are faults with their place")
  func inTemplates() throws {
    #expect(
      try faults(inTemplate: "<p>{{> strings.fed}}</p>")
        == "t/page.mustache:1:4: error: There is no text “fed”. Did you mean “feed”?")
    #expect(
      try faults(inTemplate: "{{> strings.figure_number}}")
        == "t/page.mustache:1:1: error: The text “figure_number” needs a value “number”, which there is none of here. "
        + "Put the tag where “number” means something, or use another text.")
    #expect(try faults(inTemplate: "{{#page}}{{> strings.begin_again}}{{/page}}") == "")
  }

  @Test("a text is words and never markup, and so are the values in it")
  func escaped() throws {
    let site = try SampleSite.render([
      "site.yml": "title: A & B\n", "strings/en.yml": "begin_again: \"<b>{{site.title}}</b>\"\n",
    ])
    #expect(try #require(site["404.html"]).contains(">&lt;b&gt;A &amp; B&lt;/b&gt;</a>"))
  }

  // MARK: - Numbers

  @Test("digits are those of C, and are written as the language writes them")
  func numbers() {
    let (english, german, korean) = (
      Strings.english.numbers, Strings("de", [StringFile.english]).numbers, SiteStrings(["ko"])["ko"].numbers
    )
    // Halfway in decimal, below it in binary.
    #expect([2.675, -0.125, 1234.5].map { english.signed($0) } == ["2.67", "\u{2212}0.12", "1234.50"])
    #expect(german.signed(-0.125) == "\u{2212}0,12")
    #expect(german.short(1.24e-5) == "1,24\u{2009}×\u{2009}10⁻⁵")
    #expect(german.count(1_234_567) == "1.234.567")
    #expect([korean.percentage(0.621), korean.percentage(0.0001)] == ["62.1%", "0.1% 미만"])
  }
}
