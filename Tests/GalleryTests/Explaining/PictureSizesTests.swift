import Foundation
import Hashing
import Imaging
import TestSupport
import Testing

@testable import Gallery

@Suite("Pictures come in sizes")
struct PictureSizesTests {
  /// The photo has 768 pixels a side.
  private static let page = """
    ---
    title: Mug or apple?
    model: tabletop
    ---
    ```explain
    image: mug-apple.jpg
    alt: A mug and an apple.
    classes: [mug]
    methods: [guided-backprop, grad-cam, localization]
    ```
    """

  private let site: TabletopSite

  init() throws { site = try TabletopSite(["mug-apple": Self.page]) }

  @Test(
    "only where a picture is half as wide again",
    arguments: [(599, []), (600, [400]), (1199, [400]), (1200, [400, 800])])
  func widths(width: Int, copies: [Int]) {
    #expect(PictureSizes.below(width: width, height: 300).map(\.width) == copies)
    #expect(PictureSizes.below(width: width, height: 1).allSatisfy { $0.height == 1 })
  }

  @Test("every picture that a page names is there, as wide as it says")
  func stated() throws {
    _ = try site.build()
    let folder = site.folder.url.appendingPathComponent("public")
    var sources = 0
    for path in [
      "experiments/mug-apple.html", "figures/experiments/mug-apple-1.html", "index.html", "experiments.html",
    ] {
      let page = folder.appendingPathComponent(path)
      let html = try site.text(path)
      for list in html.matches(of: #/<img[^>]* srcset="([^"]*)" sizes="[^"]+"/#) {
        for source in list.output.1.split(separator: ", ") {
          let parts = source.split(separator: " ")
          let file = page.deletingLastPathComponent().appendingPathComponent(String(parts[0]))
          #expect("\(try Image(contentsOfFile: file.path).width)w" == parts[1])
          sources += 1
        }
      }
      for picture in html.matches(of: #/<img[^>]* src="([^"]*)"[^>]* width="(\d+)" height="(\d+)"/#) {
        let file = page.deletingLastPathComponent().appendingPathComponent(String(picture.output.1))
        guard let image = try? Image(contentsOfFile: file.path) else { continue }
        #expect("\(image.width) \(image.height)" == "\(picture.output.2) \(picture.output.3)", "\(path)")
      }
    }
    // Three photos of the figure on two pages, and one card on two.
    #expect(sources == 2 * 2 * 3 + 2 * 2)
  }

  @Test("the site has the copies that its pages show, and no other")
  func delivered() throws {
    _ = try site.build()
    let files = try site.folder.files(in: "public")
    let pages = files.filter { $0.key.hasSuffix(".html") }.values.map { String(decoding: $0, as: UTF8.self) }
    let copies = files.keys.filter { $0.contains(#/-400-[0-9a-f]{12}\./#) }.map { ($0 as NSString).lastPathComponent }
    #expect(copies.count == 2)
    #expect(copies.allSatisfy { name in pages.contains { $0.contains(name) } })
  }

  @Test("a card’s map is the map of the page, at the size of the card’s photo")
  func cards() throws {
    _ = try site.build()
    let card = try #require(try site.text("index.html").firstMatch(of: #/<img class="map" src="([^"]*)"/#)?.output.1)
    let page = try #require(
      try site.text("experiments/mug-apple.html").firstMatch(of: #/<img class="overlay" src="([^"]*)"/#)?.output.1)
    let small = try Image(contentsOfFile: site.folder.path("public/\(card)"))
    let large = try Image(contentsOfFile: site.folder.path("public/experiments/\(page)"))
      .resized(width: small.width, height: small.height)
    let difference = zip(small.pixels, large.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(small.width == 400 && (difference ?? 255) <= 6)
  }

  @Test("the link of a panel leads to the whole picture")
  func links() throws {
    _ = try site.build()
    let html = try site.text("experiments/mug-apple.html")
    let links = html.matches(of: #/<a class="view" href="([^"]*)"/#).map { String($0.output.1) }
    #expect(links.count == 4)
    let widths = try links.map { try Image(contentsOfFile: site.folder.path("public/experiments/\($0)")).width }
    #expect(widths == [768, 128, 768, 768])
  }

  // MARK: - The store

  /// The files of the store's kind, by path.
  private func entries(_ kind: Store.Kind) throws -> [String: Data] {
    try site.folder.files(in: ".sitegen/store/\(kind.rawValue)")
  }

  @Test("a record without sizes, as an older program wrote it, is made again from what the store has")
  func older() throws {
    _ = try site.build()
    let before = try site.folder.files(in: "public")
    let store = Store(site.folder.path(".sitegen/store"))
    let path = try #require(try entries(.figures).keys.first)
    let key = try #require(StoreKey(hex: path.replacing("/", with: "")))
    let record = String(decoding: try #require(store.read(.figures, key)), as: UTF8.self)
    let older = record.replacing(#/"sizes":\[[^\]]*\],?/#, with: "").replacing(",}", with: "}")
    #expect(older != record && (try? JSONSerialization.jsonObject(with: Data(older.utf8))) != nil)
    try store.write(.figures, key, Array(older.utf8))
    try site.folder.write("---\ntitle: Home\n---\n", to: "content/index.md")
    let report = try site.build()
    #expect(report.paintedPictures == 1 && report.networkRuns == 0)
    let after = try site.folder.files(in: "public")
    #expect(after["experiments/mug-apple.html"] == before["experiments/mug-apple.html"])
  }

  @Test("pruning keeps every copy")
  func pruning() throws {
    _ = try site.build()
    let before = try entries(.pictures)
    // Photo and map, both in two sizes; the picture with the box in two; gradient, composite, values.
    #expect(before.count >= 8)
    let report = try Gallery(site.options).storeReport(prunes: true)
    #expect(report.unused.entries == 0)
    #expect(try entries(.pictures) == before)
    #expect(try Gallery(site.options).build().paintedPictures == 0)
  }
}
