import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("A session does again only what depends on what has changed")
struct SiteSessionTests {
  private let site: SessionSite

  /// Thirty experiments, the latest first: every tenth explains a picture of its own.
  init() throws {
    site = try SessionSite { folder in
      for number in 0..<30 { try folder.write(Self.page(number), to: Self.path(number)) }
    }
    for number in [0, 10, 20] {
      try site.write(try SessionSite.picture(number), to: "content/images/\(number).png")
    }
    try site.session.update()
  }

  private static func path(_ number: Int) -> String { "content/experiments/e\(number).md" }

  private static func page(_ number: Int, title: String? = nil, words: String = "Words.") -> String {
    let day = String(format: "2026-01-%02d", 30 - number)
    let figure = "```explain\nimage: \(number).png\nclasses: [mug]\nmethods: [grad-cam]\nmodel: tabletop\n```\n"
    return """
      ---
      title: \(title ?? "Number \(number)")
      date: \(day)
      ---
      \(words) See [the next](e\((number + 1) % 30).md).

      \(number % 10 == 0 ? figure : "")
      """
  }

  /// Brings the site up to date, and makes sure that it is what a build from nothing makes.
  private func update() throws -> SiteChanges {
    let changes = try site.session.update()
    #expect(try site.kept().differences(from: #require(try site.fresh().files).withoutMarker) == [])
    return changes
  }

  @Test("nothing, where nothing has changed")
  func nothing() throws {
    let changes = try update()
    #expect(changes.readFiles == [])
    #expect(changes.plannedFigures == 0)
    #expect(changes.paintedPictures == 0)
    #expect(changes.renderedPages == [])
  }

  @Test("a page, where its words have changed")
  func words() throws {
    try site.folder.write(Self.page(7, words: "Other words."), to: Self.path(7))
    let changes = try update()
    #expect(changes.readFiles == ["experiments/e7.md"])
    #expect(changes.renderedPages == ["experiments/e7.html"])
    #expect(changes.plannedFigures == 0)
    #expect(try !site.kept().isEmpty)
  }

  @Test("a translation, where one has been written, and what leads to it")
  func translation() throws {
    try site.folder.write("---\ntitle: 일곱\n---\n[다음](e8.md)\n", to: "content/experiments/e7.ko.md")
    let changes = try update()
    #expect(changes.readFiles == ["experiments/e7.ko.md"])
    #expect(changes.renderedPages.contains("experiments/e7.html"))
    #expect(changes.renderedPages.contains("ko/experiments/e7.html"))
    #expect(changes.plannedFigures == 0)
    // A page beside it in the same language changes where its links lead.
    try site.folder.write("---\ntitle: 여덟\n---\n글.\n", to: "content/experiments/e8.ko.md")
    let more = try update()
    #expect(more.readFiles == ["experiments/e8.ko.md"])
    #expect(more.renderedPages.contains("ko/experiments/e7.html"))
    // What is left of a name decides what it is.
    try site.folder.write("---\ntitle: N\n---\n", to: "content/experiments/n.new.md")
    _ = try update()
    #expect(try site.kept()["experiments/n.new.html"] != nil)
    try site.folder.write("---\ntitle: N\n---\n", to: "content/experiments/n.md")
    _ = try update()
    #expect(try site.kept()["new/experiments/n.html"] != nil)
  }

  @Test("a page and its neighbours and the lists, where its title has changed")
  func title() throws {
    try site.folder.write(Self.page(7, title: "Seven"), to: Self.path(7))
    let changes = try update()
    #expect(changes.readFiles == ["experiments/e7.md"])
    #expect(
      changes.renderedPages == [
        "experiments.html", "experiments/e6.html", "experiments/e7.html", "experiments/e8.html", "index.html",
        "search.html",
      ])
  }

  @Test("a page that links to another, where the other has another address")
  func address() throws {
    try site.edit(Self.path(0), "date:", "slug: zero\ndate:")
    let changes = try update()
    #expect(changes.readFiles == ["experiments/e0.md"])
    // It leads there from the other end of the list, and is no neighbour.
    #expect(changes.renderedPages.contains("experiments/e29.html"))
    #expect(!changes.renderedPages.contains("experiments/e28.html"))
  }

  @Test("a page, where its title is spelled in other bytes that read the same")
  func spelling() throws {
    try site.folder.write(Self.page(7, title: "Caf\u{e9}"), to: Self.path(7))
    _ = try update()
    try site.folder.write(Self.page(7, title: "Cafe\u{301}"), to: Self.path(7))
    #expect(try update().renderedPages.contains("experiments/e8.html"))
  }

  @Test("the figures of a page, where its words have changed, are neither computed nor painted")
  func figures() throws {
    try site.folder.write(Self.page(10, words: "Other words."), to: Self.path(10))
    let changes = try update()
    #expect(changes.readFiles == ["experiments/e10.md"])
    #expect(changes.plannedFigures == 1)
    #expect(changes.paintedPictures == 0)
    #expect(changes.networkRuns == 0)
    #expect(changes.renderedPages == ["experiments/e10.html"])
  }

  @Test("a figure, where its class has changed")
  func classes() throws {
    try site.edit(Self.path(10), "[mug]", "[apple]")
    let changes = try update()
    #expect(changes.plannedFigures == 1)
    #expect(changes.paintedPictures == 1)
    #expect(changes.networkRuns == 1)
    // The picture stands for the page in lists.
    #expect(
      changes.renderedPages == [
        "experiments.html", "experiments/e10.html", "figures/experiments/e10-1.html", "index.html",
        "models/tabletop.html",
      ])
  }

  @Test("a figure, where its picture has changed, although no page was edited")
  func picture() throws {
    try site.write(try SessionSite.picture(99), to: "content/images/10.png")
    let changes = try update()
    #expect(changes.readFiles == [])
    #expect(changes.plannedFigures == 0)
    #expect(changes.paintedPictures == 1)
    #expect(changes.renderedPages.contains("experiments/e10.html"))
    #expect(!changes.renderedPages.contains("experiments/e20.html"))
  }

  @Test("a page, where the file that it names is now found elsewhere")
  func moved() throws {
    try site.write(try SessionSite.picture(98), to: "content/experiments/10.png")
    let changes = try update()
    #expect(changes.readFiles == ["experiments/e10.md"])
    #expect(changes.paintedPictures == 1)
  }

  @Test("the pages with its figures, where a class is called otherwise")
  func labels() throws {
    try site.edit("content/models/tabletop/labels.txt", "mug", "mug, cup")
    #expect(try update().renderedPages == [])
    try site.edit("content/models/tabletop/labels.txt", "mug, cup", "cup, mug")
    let changes = try update()
    #expect(changes.readFiles == [])
    #expect(changes.plannedFigures == 3)
    #expect(changes.paintedPictures == 0)
    #expect(changes.renderedPages.contains("experiments/e20.html"))
    #expect(!changes.renderedPages.contains("experiments/e7.html"))
  }

  @Test("every page, where the frame around all of them has changed, and none is read")
  func template() throws {
    try site.edit("templates/layout.mustache", "<main", "<main data-new")
    let changes = try update()
    #expect(changes.readFiles == [])
    // The experiments, three of which have a figure with a page of its own, home, lists, one of them in two pages, the network,
    // that for searching and 404.
    #expect(changes.renderedPages.count == 30 + 3 + 7)
  }

  @Test("everything, where the site's settings have changed")
  func settings() throws {
    try site.folder.write("title: Another\nurl: https://example.org/\n", to: "content/site.yml")
    let changes = try update()
    #expect(changes.readFiles.count == 31)
    #expect(changes.paintedPictures == 0)
    // The experiments, three of which have a figure with a page of its own, home, lists, one of them in two pages, the network,
    // that for searching and 404.
    #expect(changes.renderedPages.count == 30 + 3 + 7)
  }

  @Test("the page of a network alone, where its story has changed")
  func story() throws {
    let card = try String(contentsOfFile: site.folder.path("content/models/tabletop.md"), encoding: .utf8)
    try site.folder.write(card + "\nIts story.\n", to: "content/models/tabletop.md")
    let changes = try update()
    #expect(changes.readFiles == ["models/tabletop.md"])
    #expect(changes.renderedPages == ["models/tabletop.html"])
  }

  @Test("no page, where a file beside them has changed")
  func files() throws {
    try site.folder.write("Mine.", to: "content/static/mine.txt")
    let changes = try update()
    #expect(changes.readFiles == [])
    #expect(changes.renderedPages == [])
    #expect(try site.kept()["mine.txt"] == Data("Mine.".utf8))
  }

  @Test("files that were changed a moment ago are read again, and rendered only where they say something else")
  func fresh() throws {
    let site = try SessionSite(timeSteps: 2) { folder in
      for number in 1..<4 { try folder.write(Self.page(number), to: Self.path(number)) }
      try folder.write("---\ntitle: F\n---\n", to: "content/experiments/e4.md")
    }
    try site.session.update()
    try site.folder.write(Self.page(2, words: "Other words."), to: Self.path(2))
    let changes = try site.session.update()
    #expect(changes.readFiles.contains("experiments/e1.md"))
    #expect(changes.renderedPages == ["experiments/e2.html"])
  }
}

@Suite("After a fault a session keeps the last good site")
struct SessionFaultTests {
  private let site: SessionSite

  init() throws {
    site = try SessionSite { folder in
      for name in ["a", "b"] {
        let figure = "image: \(name).png\nclasses: [mug]\nmethods: [grad-cam]\nmodel: tabletop\n"
        try folder.write("---\ntitle: \(name)\n\(figure)---\nWords.\n", to: "content/experiments/\(name).md")
      }
    }
    for (number, name) in ["a", "b"].enumerated() {
      try site.write(try SessionSite.picture(number), to: "content/images/\(name).png")
    }
    try site.session.update()
  }

  /// What the session complains of, with the temporary folder's path taken out.
  private func faults() throws -> String {
    do {
      try site.session.update()
      return ""
    } catch let faults as DiagnosticList {
      return faults.description.replacingOccurrences(of: site.folder.url.path + "/", with: "")
    }
  }

  @Test(
    "a fault is told with its place and goes when it is mended",
    arguments: [
      ("content/experiments/a.md", "[mug]", "[mugg]", "content/experiments/a.md:4:11: error: "),
      ("content/experiments/a.md", "Words.", "[b](c.md)", "content/experiments/a.md:8: error: "),
      ("content/site.yml", "title:", "titel:", "content/site.yml:1"),
      ("content/models/tabletop.md", "tabletop/model.onnx", "none.onnx", "content/models/tabletop.md:3:7: "),
      ("content/models/tabletop/labels.txt", "n00000012 wine glass", "", "content/models/tabletop/labels.txt: error: "),
      ("templates/page.mustache", "{{", "{{#page}}{{", "templates/page.mustache:"),
    ])
  func mended(path: String, old: String, new: String, place: String) throws {
    let before = try site.kept()
    let text = try String(contentsOfFile: site.folder.path(path), encoding: .utf8)
    try site.edit(path, old, new)
    for _ in 1...2 {
      #expect(try faults().hasPrefix(place))
      #expect(try site.kept() == before)
    }
    // What is right meanwhile is not shown before all is.
    try site.edit("content/experiments/b.md", "Words.", "Other words.")
    #expect(try faults().hasPrefix(place))
    #expect(try site.kept() == before)
    try site.folder.write(text, to: path)
    try site.edit("content/experiments/b.md", "Words.", "Other words.")
    #expect(try faults() == "")
    #expect(try site.kept().differences(from: #require(try site.fresh().files).withoutMarker) == [])
    #expect(try site.kept().differences(from: before) == ["experiments/b.html", "search-index.js"])
  }

  @Test("a picture that cannot be decoded is told, and others are not decoded again")
  func picture() throws {
    let before = try site.kept()
    try site.write(Data("no picture".utf8), to: "content/images/a.png")
    #expect(try faults().contains("“images/a.png”"))
    #expect(try site.kept() == before)
    try site.write(try SessionSite.picture(7), to: "content/images/a.png")
    let changes = try site.session.update()
    #expect(changes.paintedPictures == 1)
    #expect(try site.kept().differences(from: #require(try site.fresh().files).withoutMarker) == [])
  }

  @Test("checking in a session finds the same, and leaves the site as it is")
  func check() throws {
    let before = try site.kept()
    #expect(try site.session.check().description == "")
    try site.edit("content/experiments/a.md", "Words.", "Other words.")
    #expect(try site.session.check().description == "")
    #expect(try site.kept() == before)
    #expect(try site.session.update().renderedPages == ["experiments/a.html"])
    try site.edit("content/experiments/a.md", "[mug]", "[mugg]")
    #expect(throws: DiagnosticList.self) { try site.session.check() }
  }

  @Test("a site is built by the session that has it in memory, and a lost store is filled again")
  func build() throws {
    #expect(try site.session.build().networkRuns == 0)
    #expect(try site.written() == #require(try site.fresh().files))
    for path in ["store/pictures", "public"] {
      try FileManager.default.removeItem(
        at: URL(fileURLWithPath: site.options.output).deletingLastPathComponent().appendingPathComponent(path))
    }
    _ = try site.session.build()
    #expect(try site.written() == #require(try site.fresh().files))
  }
}
