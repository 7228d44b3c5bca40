import Foundation
import Testing

extension BrowserSuite {
  @Suite("Without the script")
  struct ScriptlessTests {
    @Test("everything is there, and no control that does nothing", arguments: FigureSite.Visit.allCases)
    func everything(visit: FigureSite.Visit) throws {
      let site = try Room.entered().site
      let browser = try Browser(runsScripts: false)
      try browser.openFigures(of: site, by: visit, at: "#figure-1-3")
      #expect(try browser.holds("[...document.querySelectorAll('.row')].every((one) => one.checkVisibility())"))
      #expect(try browser.holds("!document.querySelector('form, dialog, canvas, .chip, .chooser, [role=tab]')"))
      #expect(
        try browser.holds(
          "[...document.querySelectorAll('.panel .view img')].every((one) => one.complete && one.naturalWidth > 100)"))
      // The map lies on its photo.
      #expect(
        try browser.holds(
          """
          [...document.querySelectorAll(".heat-map")].every((panel) => {
            const [photo, map] = [...panel.querySelectorAll("img")].map((one) => one.getBoundingClientRect());
            return ["left", "top", "width", "height"].every((side) => Math.abs(photo[side] - map[side]) < 1);
          })
          """))
      usleep(500_000)
      let top: Double = try browser.run("return document.querySelector('#figure-1-3').getBoundingClientRect().top")
      #expect(abs(top) < 50, "an anchor is an anchor")
      try browser.click("#figure-1-3-grad-cam .view")
      #expect(try browser.text("location.pathname").hasSuffix("/" + site.maps("figures", 1)[2].picture))
    }

    @Test(
      "figures of every kind have all their rows, maps, numbers and files",
      arguments: ["index", "kinds", "experiments/mug-apple"])
    func kinds(page: String) throws {
      let site = try Room.entered().site
      let browser = try Browser(runsScripts: false)
      try browser.open(site.address(page + ".html", by: .file))
      let parts = ".row, .panel figcaption, .legend, .overlay, .explanation > figcaption, .take-away summary"
      #expect(try browser.holds("[...document.querySelectorAll('\(parts)')].every((one) => one.checkVisibility())"))
      // Whatever has colours says what they stand for.
      #expect(
        try browser.holds(
          """
          [...document.querySelectorAll(".panel.gradient, .panel:has(img.overlay)")].every(
            (panel) => /^[−0-9][^]*[0-9]/.test(panel.querySelector(".legend").textContent))
          """))
      try browser.click(".take-away summary")
      #expect(try browser.holds("document.querySelector('.take-away pre').checkVisibility()"))
      if page == "kinds" {
        let overlays = try (1...8).flatMap { try site.maps(page, $0) }.compactMap(\.overlay)
        let shown: [String] = try browser.run(
          "return [...document.querySelectorAll('img.overlay')].map((one) => one.getAttribute('src'));")
        #expect(shown == overlays)
      }
    }

    @Test("the page for what is not found has a style of its own, wherever it is shown")
    func notFound() throws {
      let (site, browser) = try Room.entered()
      try browser.open(site.address("404.html", by: .file))
      #expect(try browser.holds("document.querySelector('.skip').getBoundingClientRect().bottom <= 0"))
      #expect(try browser.holds("getComputedStyle(document.body).backgroundColor === 'rgb(251, 250, 246)'"))
      #expect(try browser.holds("document.body.getBoundingClientRect().width < 800"))
    }
  }
}
