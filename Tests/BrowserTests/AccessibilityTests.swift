import Foundation
import TestSupport
import Testing

extension BrowserSuite {
  /// axe-core, where its file `axe.min.js` is at hand, on every kind of page.
  @Suite(
    "axe", .enabled(if: Browser.axe != nil, "needs axe.min.js of axe-core, its path in SITEGEN_AXE"))
  struct AccessibilityTests {
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
      let (site, browser) = try Room.entered()
      for name in [
        "index.html", "figures.html", "kinds.html", "experiments.html", "experiments/mug-apple.html", "models.html",
        "models/tabletop.html", "404.html", "figures/pages/figures-1.html", "experiments/page-2.html", "tags.html",
        "tags/two.html", "search.html", "search.html#q=mug",
        "things.html", "figures/pages/things-1/pictures/mug.html", "figures/pages/things-1/classes/mug.html",
        "figures/pages/things-1/tags/cloth.html", "ko/index.html", "ko/experiments/mug-apple.html",
        "ko/experiments.html",
      ] {
        for look in Self.looks {
          try browser.forget()
          try browser.command(look.command, look.parameters)
          try browser.open(site.address(name, by: .web))
          let _: Browser.Nothing = try browser.run(
            "for (const one of document.querySelectorAll('details')) one.open = true;")
          let violations = try browser.axeViolations()
          #expect(violations.isEmpty, "\(name), \(look.name)")
          #expect(
            try browser.holds("document.documentElement.scrollWidth <= innerWidth"),
            "\(name), \(look.name): scrolls sideways")
        }
      }
    }
  }
}
