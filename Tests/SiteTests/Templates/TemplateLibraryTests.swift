import Diagnostics
import Foundation
import Testing
import Vocabulary

@testable import Site

@Suite("Templates are checked before they are used")
struct TemplateLibraryTests {
  private func compile(_ templates: [String: String], required: [String] = []) -> String {
    var faults = DiagnosticList()
    let sources = templates.sorted { $0.key < $1.key }.map { name, text in
      TemplateSource(name: name, file: SourceFile(name: "t/\(name).mustache", text: text))
    }
    let roots = required.map { (name: $0, object: PageContext.self as any TemplateView.Type) }
    _ = TemplateSource.compile(sources, required: roots, faults: &faults)
    return faults.description
  }

  private static let cases: [(templates: [String: String], faults: String)] = [
    (["a": "{{> b}}", "b": "x"], ""),
    (
      ["a": "x\n {{> crad}}", "card": "x"], "t/a.mustache:2:2: error: There is no template “crad”. Did you mean “card”?"
    ),
    (
      ["a": "{{<layuot}}{{/layuot}}", "layout": "x"],
      "t/a.mustache:1:1: error: There is no template “layuot”. Did you mean “layout”?"
    ),
    (["a": "x\n{{> a}}"], "t/a.mustache:2:1: error: The template “a” includes itself."),
    (
      ["a": "{{> b}}", "b": "{{> a}}", "c": "{{> a}}"],
      "t/a.mustache:1:1: error: The template “a” includes itself.\nt/b.mustache:1:1: error: The template “b” includes itself."
    ),
    (["a": "{{#x}}"], "t/a.mustache:1:1: error: This is not a valid template: a section is never closed."),
    (
      ["a": "x\n{{#x}}{{/y}}"],
      "t/a.mustache:2:7: error: This is not a valid template: this tag closes a section that is not open."
    ),
    (["a": "{{x"], "t/a.mustache:1:1: error: This is not a valid template: the tag has no end."),
  ]

  @Test("faults have a place", arguments: cases)
  func faults(templates: [String: String], faults: String) {
    #expect(compile(templates) == faults)
  }

  @Test("a name that no page knows is a fault where it stands")
  func unknownName() {
    #expect(
      compile(["page": "<h1>\n{{page.titel}}</h1>"], required: ["page"])
        == "t/page.mustache:2:1: error: “page.titel” means nothing here. Did you mean “page.title”?")
  }

  @Test("hidden files and folders are no part of a theme, links out of it are refused")
  func confined() throws {
    let folder = try ContentFixture(["theme/.git/config": "secret", "theme/.swp": "x", "theme/a.css": "x"])
    symlink("/etc/passwd", folder.url.appendingPathComponent("theme/leak.css").path)
    var diagnostics = DiagnosticList()
    _ = TemplateLibrary.load(
      from: folder.url.appendingPathComponent("theme"), shownAs: "theme", diagnostics: &diagnostics)
    let faults = diagnostics.all.map(\.description)
    #expect(
      faults.filter { $0.contains("leak") || $0.contains(".git") || $0.contains("swp") } == [
        "theme/leak.css: error: “theme/leak.css” leads out of theme, to /etc/passwd. "
          + "Copy it into theme, or allow its folder with `--follow-links /etc`."
      ])
  }

  @Test("there must be a folder")
  func noFolder() {
    var diagnostics = DiagnosticList()
    let library = TemplateLibrary.load(
      from: URL(fileURLWithPath: "/nonexistent"), shownAs: "theme", diagnostics: &diagnostics)
    #expect(library == nil)
    #expect(diagnostics.description == "error: There is no templates folder “theme”. Name it with --templates.")
  }

  @Test("the project's own templates have no fault, and bring style sheet and script")
  func own() throws {
    let library = try SampleSite.templates()
    #expect(library.assets.map(\.path) == ["collection.js", "script.js", "search.js", "style.css"])
    #expect(library.ids == ["main", "experiments", "all", "tags", "controls", "search", "query", "found", "all-pages"])
    let style = try #require(library.assets.last).text
    #expect(!style.contains("url(") && !style.contains("@import"))
    for colormap in Colormap.allCases { #expect(style.contains(".colorbar.\(colormap.rawValue) {")) }
  }
}
