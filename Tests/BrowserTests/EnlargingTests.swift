import Testing

extension BrowserSuite {
  @Suite("Enlarging")
  struct EnlargingTests {
    private let site: FigureSite
    private let browser: Browser
    private static let panel = "#figure-2-1-grad-cam .view"
    private static let isOpen = "document.querySelector('#figure-2 dialog').open"

    init() throws { (site, browser) = try Room.entered() }

    private func caption() throws -> String {
      try browser.text(
        "document.querySelector('#figure-2 dialog h2').textContent + ', ' + "
          + "document.querySelector('#figure-2 dialog figcaption').textContent")
    }

    @Test(
      "a click opens the panel with photo and map; the way back leads to where one was",
      arguments: FigureSite.Visit.allCases)
    func mouse(visit: FigureSite.Visit) throws {
      try browser.openFigures(of: site, by: visit)
      try browser.click(Self.panel)
      #expect(try browser.holds(Self.isOpen))
      #expect(try caption() == "relu2, Grad-CAM")
      #expect(
        try browser.holds(
          "[...document.querySelectorAll('#figure-2 dialog .view img')].every((one) => one.complete && one.naturalWidth === 320 "
            + "&& one.getBoundingClientRect().width > 400)"))
      try browser.press(.escape)
      #expect(try !browser.holds(Self.isOpen))
      #expect(try browser.holds("document.activeElement.matches('\(Self.panel)')"))
      #expect(try browser.complaints() == [])
    }

    @Test("by keyboard: Enter opens, arrows go from panel to panel and from row to row, Escape closes")
    func keyboard() throws {
      try browser.openFigures(of: site)
      try browser.focus(Self.panel)
      try browser.press(.enter)
      #expect(try caption() == "relu2, Grad-CAM")
      for (key, words) in [
        (Key.right, "relu2, Guided backprop"), (.right, "relu2, Guided backprop"), (.left, "relu2, Grad-CAM"),
        (.down, "relu4, Grad-CAM"), (.down, "relu6, Grad-CAM"), (.up, "relu4, Grad-CAM"), (.left, "relu4, Photo"),
      ] {
        try browser.press(key)
        #expect(try caption() == words)
      }
      try browser.press(.escape)
      #expect(try browser.holds("document.activeElement.matches('\(Self.panel)')"))
    }

    @Test("by touch: a tap opens, buttons go on and close")
    func touch() throws {
      try browser.openFigures(of: site)
      try browser.tap(Self.panel)
      #expect(try caption() == "relu2, Grad-CAM")
      try browser.tap("#figure-2 dialog [aria-label=Previous]")
      #expect(try caption() == "relu2, Photo")
      try browser.tap("#figure-2 dialog [aria-label=Next]")
      #expect(try caption() == "relu2, Grad-CAM")
      try browser.tap("#figure-2 dialog [aria-label=Close]")
      #expect(try !browser.holds(Self.isOpen))
    }

    @Test("a drawn map is enlarged as it is drawn")
    func drawn() throws {
      try browser.openFigures(of: site)
      try browser.set("opacity", to: "0.8", in: "figure-2")
      try browser.click(Self.panel)
      #expect(
        try browser.holds(
          """
          (() => {
            const [small, large] = document.querySelectorAll("#figure-2-1 canvas, #figure-2 dialog canvas");
            const bytes = (canvas) => canvas.getContext("2d").getImageData(0, 0, 320, 240).data;
            return !large.hidden && bytes(large).some((byte) => byte > 0) && String(bytes(large)) === String(bytes(small));
          })()
          """))
    }

    @Test("with the control key the link is followed, as everywhere")
    func modified() throws {
      try browser.openFigures(of: site)
      try browser.click(Self.panel, holding: .control)
      #expect(try !browser.holds(Self.isOpen))
      #expect(try browser.windowCount() == 2)
    }
  }
}
