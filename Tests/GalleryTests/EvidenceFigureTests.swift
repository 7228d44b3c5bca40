import Foundation
import TestSupport
import Testing

@testable import Gallery

/// Evidence, profiles and methods of many pictures in content.
@Suite("Evidence on pages")
struct EvidenceFigureTests {
  private static func page(_ settings: String) -> String {
    "---\ntitle: Page\nmodel: tabletop\n---\n```explain\nimage: mug-apple.jpg\nclasses: [mug]\n\(settings)\n```\n"
  }

  @Test("each map has badges with numbers, a sentence and a plot, and is measured once")
  func badges() throws {
    let settings = "methods: [guided-backprop, grad-cam, localization]\nevidence: true"
    let site = try TabletopSite(["page": Self.page(settings)])
    let report = try site.build()
    #expect(report.networkRuns == 1)
    let text = try site.text("experiments/page.html")
    // A box is no map.
    #expect(text.components(separatedBy: "<ul class=\"evidence\"").count == 3)
    #expect(text.contains("<summary>Deletion 0.") && text.contains("<summary>Randomized ρ "))
    let plots = try FileManager.default.subpathsOfDirectory(atPath: site.folder.path("public")).filter {
      $0.hasSuffix(".svg") && ($0.contains("-curves-") || $0.contains("-randomization-"))
    }
    #expect(plots.count == 4)
    for plot in plots { #expect(text.contains(plot.split(separator: "/").last ?? "?")) }
    #expect(try Gallery(site.options).storeReport(prunes: true).unused.entries == 0)
    // Other colours are painted from what is known.
    try site.folder.write(Self.page(settings + "\ncolormap: viridis"), to: "content/experiments/page.md")
    #expect(try site.build().networkRuns == 0)
    try site.folder.write(Self.page("methods: [guided-backprop, grad-cam]"), to: "content/experiments/page.md")
    _ = try site.build()
    #expect(try !site.text("experiments/page.html").contains("class=\"evidence\""))
  }

  @Test("a profile and methods of many pictures are kept in the store under their own keys")
  func profile() throws {
    let site = try TabletopSite(["page": Self.page("methods: [occlusion, smooth-grad, grad-cam]")])
    #expect(try site.build().networkRuns == 1)
    try site.folder.write(
      Self.page("methods: [occlusion, smooth-grad, grad-cam]\nprofile: pytorch-grad-cam"),
      to: "content/experiments/page.md")
    // Grad-CAM of another profile is made of the same sums.
    #expect(try site.build().networkRuns == 0)
    #expect(try site.text("experiments/page.html").contains("--profile pytorch-grad-cam"))
    try site.folder.write(
      Self.page("methods: [score-cam]\nprofile: pytorch-grad-cam"), to: "content/experiments/page.md")
    #expect(try site.build().networkRuns == 1)
    try site.folder.write(Self.page("methods: [score-cam]"), to: "content/experiments/page.md")
    #expect(try site.build().networkRuns == 1)
  }
}
