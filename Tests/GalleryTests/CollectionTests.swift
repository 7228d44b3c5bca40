import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Gallery

@Suite("Many pictures in one block")
struct CollectionTests {
  private static let things = ["bottle-glass", "cloth-book", "mug", "mushroom"]

  /// Four photos, one of them with a wrong truth, under two networks.
  private static func site(_ block: String) throws -> TabletopSite {
    let site = try TabletopSite([
      "a": "---\ntitle: A\nmodel: tabletop\n---\n```explain\nimage: things/*.jpg\n\(block)\n```\n"
    ])
    let images = TabletopContent.original.appendingPathComponent("images")
    for name in things {
      try site.folder.copy(images.appendingPathComponent("\(name).jpg"), as: "content/images/things/\(name).jpg")
    }
    try site.folder.write(
      "file,class,caption,tags\nbottle-glass.jpg,bottle,,glass\ncloth-book.jpg,book,A book,cloth\nmug.jpg,apple,,\n"
        + "mushroom.jpg,mushroom,,\n", to: "content/images/things/truth.csv")
    let card = try String(contentsOfFile: site.folder.path("content/models/tabletop.md"), encoding: .utf8)
    try site.folder.write(
      card.replacing("title: Tabletop", with: "title: Shortcut").replacing(
        "tabletop/model.onnx", with: "shortcut.onnx"),
      to: "content/models/shortcut.md")
    try site.folder.copy(
      TabletopContent.original.appendingPathComponent("models/tabletop-shortcut/model.onnx"),
      as: "content/models/shortcut.onnx")
    return site
  }

  /// A cell of a manifest.
  private struct Manifest: Decodable {
    struct Cell: Decodable {
      let label: String
      let rank: Int?
      let probability: Double?
      let method: String
    }
    struct Part: Decodable {
      let image, model: String
      let cells: [Cell]
    }
    let parts: [Part]
  }

  @Test("each picture has a page, and what is best and what is true are explained")
  func pictures() throws {
    let site = try Self.site("truth: things/truth.csv\nmethods: [grad-cam]")
    let report = try site.build()
    #expect(report.warnings.description == "")
    #expect(report.pictures == 4)
    let grid = try site.text("experiments/a.html")
    for name in Self.things {
      let page = try site.text("figures/experiments/a-1/pictures/\(name).html")
      #expect(grid.contains("href=\"../figures/experiments/a-1/pictures/\(name).html\""))
      let manifest = try JSONDecoder().decode(
        Manifest.self,
        from: Data(
          contentsOf: URL(
            fileURLWithPath: site.folder.path("public/explanations/experiments/a/1/\(name)/manifest.json"))))
      let cells = try #require(manifest.parts.first?.cells)
      #expect(manifest.parts.map(\.image) == ["images/things/\(name).jpg"])
      let best = try #require(cells.first { $0.rank == 1 })
      #expect(
        page.contains("<dd><a href=\"../classes/\(best.label.replacing(" ", with: "-")).html\">\(best.label)</a>"))
      let truth = ["bottle-glass": "bottle", "cloth-book": "book", "mug": "apple", "mushroom": "mushroom"][name] ?? ""
      #expect(Set(cells.map(\.label)) == [best.label, truth])
    }
    // The one whose truth is wrong.
    let wrong = try site.text("figures/experiments/a-1/classes/apple.html")
    #expect(wrong.contains("<section class=\"collection\" id=\"said-mug\">"))
    #expect(wrong.contains("pictures/mug.html"))
    #expect(grid.contains("href=\"../figures/experiments/a-1/classes/apple.html#said-mug\""))
    #expect(try site.text("figures/experiments/a-1/tags/cloth.html").contains("A book"))
    // All of it is still there, and nothing is made again.
    let again = try site.buildLater()
    #expect(again.networkRuns == 0 && again.writtenFiles == 0)
  }

  @Test("a class of the table that the network does not have is told at its line")
  func unknownClass() throws {
    let site = try Self.site("truth: things/truth.csv")
    try site.folder.write(
      "file,class\nbottle-glass.jpg,botle\ncloth-book.jpg,book\nmug.jpg,mug\nmushroom.jpg,mushroom\n",
      to: "content/images/things/truth.csv")
    #expect(
      try site.faults()
        == "content/images/things/truth.csv:2: error: class “botle” is not a label of tabletop. Did you mean “bottle”?")
  }

  @Test("under two networks each picture has both, in one row for what is called the same, and their difference")
  func networks() throws {
    let site = try Self.site(
      "model: [tabletop, shortcut]\ntruth: things/truth.csv\nmethods: [grad-cam]\nscale: own\nsort: name")
    let report = try site.build()
    #expect(report.networkRuns == 8)
    let page = try site.text("figures/experiments/a-1/pictures/cloth-book.html")
    let json = try #require(page.firstMatch(of: /<script type="application\/json" class="maps">(.*?)<\/script>/)).output
      .1
    struct Maps: Decodable {
      struct Map: Decodable {
        let method: String
        let signed: Bool
        let values: [Float]
      }
      let maps: [String: Map]
    }
    let maps = try JSONDecoder().decode(Maps.self, from: Data(json.utf8)).maps
    let labels = page.matches(of: /<p class="label"><span id="[^"]*">(.*?)<\/span>/).map { String($0.output.1) }
    #expect(labels.first == "book" || labels.contains("book"))
    #expect(Set(labels).count == labels.count, "a class has one row, however each network ranks it")
    let row = try #require(labels.firstIndex(of: "book")) + 1
    let first = try #require(maps["figure-1-\(row)-grad-cam-1"]).values
    let second = try #require(maps["figure-1-\(row)-grad-cam-2"]).values
    let difference = try #require(maps["figure-1-\(row)-grad-cam-3"])
    #expect(difference.signed && difference.method == "grad-cam-difference")
    let (low, high) = (try #require(first.max()), try #require(second.max()))
    let expected = zip(first, second).map { $1 / high - $0 / low }
    #expect(deviation(difference.values, from: expected) < 1e-6)
    #expect(page.contains("red where Shortcut has more, each on its own scale"))
    // What was painted is kept, and pruning leaves it there.
    _ = try Gallery(site.options).storeReport(prunes: true)
    let again = try site.buildLater()
    #expect(again.networkRuns == 0 && again.writtenFiles == 0)
  }

  @Test("a picture that comes into the folder, and a table that says something else, are seen by a session")
  func session() throws {
    let page =
      "---\ntitle: A\nmodel: tabletop\n---\n```explain\nimage: things/*.png\ntruth: things/truth.csv\nmethods: [grad-cam]\n```\n"
    let site = try SessionSite { folder in
      try folder.write(page, to: "content/experiments/a.md")
      try folder.write("file,class\n1.png,mug\n2.png,mug\n", to: "content/images/things/truth.csv")
    }
    try site.write(try SessionSite.picture(1), to: "content/images/things/1.png")
    try site.session.update()
    func pictures() -> [String] {
      (site.session.site?.paths ?? []).filter { $0.hasPrefix("figures/experiments/a-1/pictures/") }
    }
    #expect(pictures() == ["figures/experiments/a-1/pictures/1.html"])
    try site.write(try SessionSite.picture(2), to: "content/images/things/2.png")
    try site.session.update()
    #expect(pictures().count == 2)
    try site.edit("content/images/things/truth.csv", "2.png,mug", "2.png,apple")
    try site.session.update()
    let paths = site.session.site?.paths ?? []
    #expect(paths.contains("figures/experiments/a-1/classes/apple.html"))
  }
}
