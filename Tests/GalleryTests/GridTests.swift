import Foundation
import TestSupport
import Testing

@testable import Gallery

/// What a figure's grid comes to on a page, of the project's own network.
@Suite("Figures are grids over two axes")
struct GridTests {
  private static let head = "---\ntitle: A\nmodel: tabletop\n---\n"

  private static func block(_ yaml: String) -> String { head + "```explain\n\(yaml)\n```\n" }

  /// The project's second network beside the first.
  private static func addTwin(to site: TabletopSite) throws {
    let card = try String(contentsOfFile: site.folder.path("content/models/tabletop.md"), encoding: .utf8)
    try site.folder.write(
      card.replacing(/title: .*/, with: "title: Twin", maxReplacements: 1), to: "content/models/twin.md")
  }

  private static func addPhoto(to site: TabletopSite) throws {
    try site.folder.copy(
      TabletopContent.original.appendingPathComponent("images/mug.jpg"), as: "content/images/mug.jpg")
  }

  private struct Page {
    let html: String
    /// The raw values of the first figure's maps, by panel.
    let maps: [String: [Double]]

    init(_ site: TabletopSite) throws {
      html = try site.text("experiments/a.html")
      let pattern = /<script type="application\/json" class="maps">(.*?)<\/script>/
      let json = try #require(html.firstMatch(of: pattern)?.output.1)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let maps = try #require(object["maps"] as? [String: [String: Any]])
      self.maps = maps.compactMapValues { ($0["values"] as? [NSNumber])?.map(\.doubleValue) }
    }

    /// What stands below the panels, row by row.
    var captions: [[String]] {
      html.split(separator: "<div class=\"row\"").dropFirst().map { row in
        row.matches(of: /<figcaption>(.+?)<\/figcaption>/).map {
          String($0.output.1.replacing(/<[^>]*>/, with: ""))
        }
      }
    }

    var labels: [String] {
      html.matches(of: /<p class="label"><span id="[^"]*">(.*?)<\/span>/).map { String($0.output.1) }
    }
  }

  @Test("classes make rows, methods columns, and what rows have in common is said once")
  func classes() throws {
    let site = try TabletopSite([
      "a": Self.block("image: mug-apple.jpg\nclasses: [mug, apple]\nmethods: [grad-cam, counterfactual]")
    ])
    _ = try site.build()
    let page = try Page(site)
    #expect(page.labels == ["mug", "apple"])
    #expect(page.html.contains("data-rows=\"classes\""))
    #expect(page.captions.allSatisfy { $0.starts(with: ["Photo", "Grad-CAM"]) })
    #expect(page.html.ranges(of: "<dt>Layer</dt>").count == 1)
    #expect(page.html.ranges(of: "<dt>Probability</dt>").count == 2)
  }

  @Test("layers make rows that are called after them, and the class is said once")
  func layers() throws {
    let site = try TabletopSite([
      "a": Self.block("image: mug-apple.jpg\nclasses: [mug]\nmethods: [grad-cam]\nlayer: [relu4, relu6]")
    ])
    _ = try site.build()
    let page = try Page(site)
    #expect(page.labels == ["relu4", "relu6"])
    #expect(page.html.contains("data-rows=\"layers\""))
    #expect(page.html.ranges(of: "<dt>Probability</dt>").count == 1)
    #expect(page.html.contains("<dt>Explained</dt><dd>mug</dd>"))
    #expect(!page.html.contains("<dt>Layer</dt>"))
  }

  @Test("two networks stand side by side, each with what it says")
  func models() throws {
    let site = try TabletopSite([
      "a": Self.block("image: mug-apple.jpg\nmodel: [tabletop, twin]\nclasses: [mug, apple]\nmethods: [grad-cam]")
    ])
    try Self.addTwin(to: site)
    _ = try site.build()
    let page = try Page(site)
    #expect(page.labels == ["mug", "apple"])
    for row in page.captions {
      #expect(row.count == 4)
      #expect(row[1].hasPrefix("Tabletop ") && row[2].hasPrefix("Twin "))
    }
    #expect(page.html.contains("<a href=\"../models/twin.html\">Twin</a>"))
    // The same network twice, so the same maps.
    #expect(page.maps["figure-1-1-grad-cam-1"] == page.maps["figure-1-1-grad-cam-2"])
    #expect(page.maps["figure-1-1-grad-cam-1"] != page.maps["figure-1-2-grad-cam-1"])
  }

  @Test("any axis can run across", arguments: ["classes", "layers", "pictures", "models", "methods"])
  func columns(axis: String) throws {
    let site = try TabletopSite([
      "a": Self.block(
        """
        image: [mug-apple.jpg, mug.jpg]
        model: [tabletop, twin]
        classes: [mug, apple]
        layer: [relu4, relu6]
        methods: [grad-cam, signed]
        columns: \(axis)
        """)
    ])
    try Self.addTwin(to: site)
    try Self.addPhoto(to: site)
    _ = try site.build()
    let page = try Page(site)
    // Both networks, and their difference.
    let count = axis == "models" ? 16 : 24
    #expect(page.labels.count == count)
    #expect(Set(page.labels).count == count)
    #expect(page.html.contains("data-rows=\"mixed\""))
    #expect(page.maps.count == 48)
  }

  @Test("maps that share a scale reach as high as the highest of them, over pictures too")
  func sharedScale() throws {
    let site = try TabletopSite([
      "a": Self.block("image: [mug-apple.jpg, mug.jpg]\nclasses: [mug, apple]\nmethods: [grad-cam]\nscale: shared")
    ])
    try Self.addPhoto(to: site)
    _ = try site.build()
    let page = try Page(site)
    let highest = page.maps.mapValues { $0.max() ?? 0 }
    let limit = try #require(highest.values.max())
    #expect(limit > 0)
    // One end of all scales, and the place of each map on it.
    let ends = page.html.matches(of: /colorbar turbo fade"><\/span> <span>([^<]*)<\/span>/).map { String($0.output.1) }
    #expect(ends.count == highest.values.count { $0 > 0 })
    #expect(Set(ends).count == 1)
    let shares = page.html.matches(of: /<span class="share">([^<]*) of the scale/).map { String($0.output.1) }
    let expected = highest.values.filter { $0 > 0 }.map { String(format: "%.1f\u{2009}%%", $0 / limit * 100) }
    #expect(shares.sorted() == expected.sorted())
    #expect(shares.contains("100.0\u{2009}%"))
    // A second build finds it all, and pruning spares it.
    let before = try site.folder.files(in: "public")
    #expect(try Gallery(site.options).storeReport(prunes: true).used.entries > 0)
    try FileManager.default.removeItem(atPath: site.folder.path("public"))
    #expect(try site.build().networkRuns == 0)
    #expect(try site.folder.files(in: "public") == before)
  }
}
