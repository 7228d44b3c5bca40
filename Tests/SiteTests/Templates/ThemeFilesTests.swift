import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Site

@Suite("A project’s templates are laid over the built-in theme")
struct ThemeFilesTests {
  private static let own = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../templates")
    .standardizedFileURL

  /// The theme with these files in a folder `t`, and what is wrong with it.
  private func load(_ files: [String: String]) throws -> (TemplateLibrary?, faults: String) {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("t"), withIntermediateDirectories: true)
    for (path, text) in files { try folder.write(text, to: "t/\(path)") }
    var faults = DiagnosticList()
    let library = TemplateLibrary.load(
      from: folder.url.appendingPathComponent("t"), shownAs: "t", diagnostics: &faults)
    // The files are read when they are needed.
    let style = try library?.assets.first { $0.path == "style.css" }?.text
    if files["style.css"] != nil { #expect(style == files["style.css"]) }
    return (library, faults.description)
  }

  @Test("the program holds every file of templates/, to the byte")
  func embedded() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.own.path)
      .filter { !$0.hasPrefix(".") }.sorted()
    #expect(BuiltInFile.theme.map(\.path) == names)
    for file in BuiltInFile.theme {
      #expect(try Data(contentsOf: Self.own.appendingPathComponent(file.path)) == Data(file.bytes), "\(file.path)")
    }
  }

  @Test("the built-in theme has everything that a site needs, and no fault")
  func complete() throws {
    let (library, faults) = try load([:])
    let found = try #require(library)
    #expect(faults == "")
    #expect(TemplateLibrary.required.map(\.name).filter { !found.has($0) } == [])
    #expect(found.assets.map(\.path) == ["collection.js", "script.js", "search.js", "style.css"])
  }

  @Test("one file is enough, and stands in the place of its namesake")
  func oneFile() throws {
    let (plain, _) = try load([:])
    let (styled, faults) = try load(["style.css": "p { color: red }"])
    #expect(faults == "")
    #expect(styled?.fingerprint == plain?.fingerprint)
    let (card, cardFaults) = try load(["card.mustache": "<p>{{title}}</p>"])
    #expect(cardFaults == "")
    #expect(card?.fingerprint != plain?.fingerprint)
  }

  @Test("an overlay is checked like any template, at its own place")
  func faults() throws {
    #expect(
      try load(["card.mustache": "<p>{{titel}}</p>"]).faults
        == "t/card.mustache:1:4: error: “titel” means nothing here. Did you mean “title”?")
  }

  @Test(
    "a name that is nearly one of the theme’s is a fault",
    arguments: [
      ("stile.css", "style.css"), ("cards2.mustache", "cards.mustache"), ("Layout.mustache", "layout.mustache"),
      ("scripts.js", "script.js"),
    ])
  func near(name: String, nearest: String) throws {
    #expect(
      try load([name: ""]).faults
        == "t/\(name): error: The theme has no file “\(name)”, and no template here names it. Did you mean “\(nearest)”?"
    )
  }

  @Test("a file of the project’s own is none, where its templates name it or no name is near")
  func ownFiles() throws {
    let page = "{{<layout}}{{$main}}{{> cards2}}{{> ornament}}<img src=\"styles.css\">{{/main}}{{/layout}}"
    let (library, faults) = try load([
      "page.mustache": page, "cards2.mustache": "x", "ornament.mustache": "y", "styles.css": "", "logo.svg": "",
    ])
    #expect(faults == "")
    #expect(library?.has("ornament") == true)
    #expect(
      library?.assets.map(\.path) == [
        "collection.js", "logo.svg", "script.js", "search.js", "style.css", "styles.css",
      ])
  }

  @Test("the folder may be absent where nobody has named it")
  func absent() throws {
    let folder = try TemporaryFolder()
    var faults = DiagnosticList()
    let library = TemplateLibrary.load(
      from: folder.url.appendingPathComponent("templates"), shownAs: "templates", isOptional: true, diagnostics: &faults
    )
    #expect(library != nil)
    #expect(faults.description == "")
    try folder.write("", to: "templates")
    #expect(
      TemplateLibrary.load(
        from: folder.url.appendingPathComponent("templates"), shownAs: "templates", isOptional: true,
        diagnostics: &faults) == nil)
    #expect(faults.description == "error: There is no templates folder “templates”. Name it with --templates.")
  }
}
