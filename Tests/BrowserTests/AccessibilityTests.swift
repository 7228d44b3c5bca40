import Foundation
import TestSupport
import Testing

extension BrowserSuite {
  /// axe-core, where its file `axe.min.js` is at hand, on every kind of page.
  @Suite(
    "axe", .enabled(if: Browser.axe != nil, "needs axe.min.js of axe-core, its path in SITEGEN_AXE"))
  struct AccessibilityTests {
    private struct Violation: Decodable, Hashable {
      let rule: String
      let element: String
    }

    /// How a page is looked at.
    private static let looks: [(name: String, command: String, parameters: String)] = [
      ("light", "Emulation.setEmulatedMedia", #"{"features": [{"name": "prefers-color-scheme", "value": "light"}]}"#),
      ("dark", "Emulation.setEmulatedMedia", #"{"features": [{"name": "prefers-color-scheme", "value": "dark"}]}"#),
      (
        "forced colours", "Emulation.setEmulatedMedia", #"{"features": [{"name": "forced-colors", "value": "active"}]}"#
      ),
      (
        "at 200 %", "Emulation.setDeviceMetricsOverride",
        #"{"width": 640, "height": 450, "deviceScaleFactor": 2, "mobile": false}"#
      ),
      (
        "on a phone", "Emulation.setDeviceMetricsOverride",
        #"{"width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": false}"#
      ),
    ]

    @Test("finds nothing on any kind of page, in any look, and no page scrolls sideways")
    func everything() throws {
      let axe = try String(contentsOfFile: try #require(Browser.axe), encoding: .utf8)
      let (site, browser) = try Room.entered()
      for name in [
        "index.html", "figures.html", "kinds.html", "experiments.html", "experiments/mug-apple.html", "models.html",
        "models/tabletop.html", "404.html", "figures/pages/figures-1.html",
      ] {
        for look in Self.looks {
          try browser.forget()
          try browser.command(look.command, look.parameters)
          try browser.open(site.address(name, by: .web))
          let _: Browser.Nothing = try browser.run(
            "for (const one of document.querySelectorAll('details')) one.open = true;")
          let _: Browser.Nothing = try browser.run(axe)
          let violations: [Violation] = try browser.run(
            """
            return axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
              nodes.map((node) => ({ rule: id, element: node.html }))));
            """)
          #expect(violations.isEmpty, "\(name), \(look.name)")
          #expect(
            try browser.holds("document.documentElement.scrollWidth <= innerWidth"),
            "\(name), \(look.name): scrolls sideways")
        }
      }
    }
  }
}
