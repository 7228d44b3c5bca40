import Foundation
import Testing

extension BrowserSuite {
  @Suite("Without the script")
  struct ScriptlessTests {
    @Test("everything is there, and no control that does nothing", arguments: FigureSite.Visit.allCases)
    func everything(visit: FigureSite.Visit) throws {
      let site = try Room.entered().site
      let browser = try Browser(runsScripts: false)
      try browser.openFigures(of: site, by: visit, at: "#figure-1-row-3")
      #expect(try browser.holds("[...document.querySelectorAll('.row')].every((one) => one.checkVisibility())"))
      #expect(try browser.holds("!document.querySelector('form, dialog, canvas, .chip, .chooser, [role=tab]')"))
      #expect(
        try browser.holds(
          "[...document.querySelectorAll('.panel .view img')].every((one) => one.complete && one.naturalWidth === 160)")
      )
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
      let top: Double = try browser.run("return document.querySelector('#figure-1-row-3').getBoundingClientRect().top")
      #expect(abs(top) < 50, "an anchor is an anchor")
      try browser.click("#figure-1-row-3-grad-cam .view")
      #expect(try browser.holds("location.pathname.endsWith('/maps/figure-1-row-3-own.png')"))
    }
  }
}
