import Foundation
import Imaging
import TestSupport
import Testing

@testable import Gallery

@Suite("The picture that stands for a page in other people’s")
struct PageStripTests {
  private static let experiment = """
    ---
    title: A
    model: tabletop
    ---
    ```explain
    image: mug-apple.jpg
    classes: [mug]
    methods: [guided-backprop, grad-cam, counterfactual]
    ```
    """

  private func site(url: String? = "https://example.org/g/") throws -> TabletopSite {
    let site = try TabletopSite(["a": Self.experiment, "b": "---\ntitle: B\n---\nWords.\n"])
    try site.folder.write("title: Site\n" + (url.map { "url: \($0)\n" } ?? ""), to: "content/site.yml")
    return site
  }

  private func strips(_ site: TabletopSite) throws -> [String] {
    try site.folder.files(in: "public").keys.filter { $0.contains("/strip-") }.sorted()
  }

  @Test("is the photo and the first maps side by side on paper, and only pages with figures have one")
  func made() throws {
    let site = try site()
    _ = try site.build()
    let strip = try #require(try strips(site).first)
    #expect(try strips(site).count == 1)
    #expect(strip.hasPrefix("explanations/experiments/a/1/strip-"))
    let page = try site.text("experiments/a.html")
    for line in [
      "<meta property=\"og:image\" content=\"https://example.org/g/\(strip)\">",
      "<meta property=\"og:image:type\" content=\"image/jpeg\">",
      "<meta property=\"og:image:width\" content=\"1200\">", "<meta property=\"og:image:height\" content=\"630\">",
      "<meta name=\"twitter:card\" content=\"summary_large_image\">",
    ] {
      #expect(page.contains(line))
    }
    #expect(!(try site.text("experiments/b.html")).contains("og:image"))

    let image = try Image(contentsOfFile: site.folder.path("public/" + strip))
    #expect((image.width, image.height) == (1200, 630))
    // Three squares of 352 pixels, 24 apart, between margins of 48.
    let photo = try Image(contentsOfFile: TabletopContent.photo.path).resized(width: 352, height: 352)
    func difference(at x: Int) -> Double {
      var sum = 0
      for row in stride(from: 8, to: 344, by: 8) {
        for column in stride(from: 8, to: 344, by: 8) {
          for channel in 0..<3 {
            let here = image.pixels[((139 + row) * 1200 + x + column) * 3 + channel]
            sum += abs(Int(here) - Int(photo.pixels[(row * 352 + column) * 3 + channel]))
          }
        }
      }
      return Double(sum) / (42 * 42 * 3)
    }
    #expect(difference(at: 48) < 4, "the photo")
    // Maps that lie over the photo come before gradients.
    #expect((4..<90).contains(difference(at: 424)), "Grad-CAM over the photo: \(difference(at: 424))")
    #expect((4..<90).contains(difference(at: 800)), "counterfactual over the photo: \(difference(at: 800))")
    for (x, y) in [(10, 10), (1190, 620), (412, 315), (600, 60)] {
      let pixel = image.pixels[((y * 1200 + x) * 3)..<((y * 1200 + x) * 3 + 3)].map(Int.init)
      #expect(zip(pixel, [251, 250, 246]).allSatisfy { abs($0 - $1) <= 3 }, "\(x), \(y): \(pixel)")
    }
  }

  @Test("is made only where the site has an address, and goes with it")
  func needsAddress() throws {
    let site = try site(url: nil)
    _ = try site.build()
    #expect(try strips(site) == [])
    var options = site.options
    options.url = BuildOptions.url("https://example.org/")
    _ = try site.buildLater(options)
    #expect(try strips(site).count == 1)
    _ = try site.buildLater()
    #expect(try strips(site) == [])
  }

  @Test("stays in the store while the content is what it is")
  func kept() throws {
    let site = try site()
    let store = URL(fileURLWithPath: site.folder.path(".sitegen/store"))
    _ = try site.build()
    func entries() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: store.path).sorted().filter {
        $0.hasPrefix("pictures/") || $0.hasPrefix("figures/")
      }
    }
    let before = try entries()
    #expect(try Gallery(site.options).storeReport(prunes: true).unused.entries == 0)
    #expect(try entries() == before)
    try site.folder.write(Self.experiment.replacing("[mug]", with: "[apple]"), to: "content/experiments/a.md")
    #expect(try Gallery(site.options).storeReport(prunes: false).unused.entries > 0)
  }

  @Test("is made again where the store has lost it or what it is made of")
  func damaged() throws {
    let site = try site()
    _ = try site.build()
    let strip = try #require(try strips(site).first)
    let bytes = try site.folder.files(in: "public")[strip]
    let pictures = site.folder.url.appendingPathComponent(".sitegen/store/pictures")
    for path in try FileManager.default.subpathsOfDirectory(atPath: pictures.path) where path.count > 3 {
      try Data("damaged".utf8).write(to: pictures.appendingPathComponent(path))
    }
    try FileManager.default.removeItem(atPath: site.folder.path("public"))
    _ = try site.build()
    #expect(try site.folder.files(in: "public")[strip] == bytes)
  }
}
