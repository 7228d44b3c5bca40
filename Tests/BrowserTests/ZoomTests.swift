import Testing

extension BrowserSuite {
  @Suite("Zoom")
  struct ZoomTests {
    private let site: FigureSite
    private let browser: Browser
    private static let panel = "#figure-2-1-grad-cam .view"

    init() throws {
      (site, browser) = try Room.entered()
      try browser.openFigures(of: site)
    }

    /// How much of the picture all panels of the figure show, and from where: zoom, left and top, alike in all of them.
    private func seen() throws -> [Double]? {
      let all: [[Double]] = try browser.run(
        """
        return [...document.querySelectorAll("#figure-2 .row:not([hidden]) .view")].flatMap((view) => {
          const frame = view.getBoundingClientRect();
          return [...view.querySelectorAll(":scope > img, :scope > picture")].map((part) => {
            const box = part.getBoundingClientRect();
            return [box.width / frame.width, (box.left - frame.left) / frame.width, (box.top - frame.top) / frame.height]
              .map((number) => Math.round(number * 50) / 50);
          });
        });
        """)
      #expect(all.count == 4)
      return Set(all).count == 1 ? all.first : nil
    }

    private func zoom() throws -> Double { try seen()?.first ?? .nan }

    @Test("by keyboard: + − 0 zoom all panels, Shift and arrows pan them")
    func keyboard() throws {
      #expect(try seen() == [1, 0, 0])
      try browser.focus(Self.panel)
      try browser.press(.plus, .plus)
      #expect(try seen() == [2.26, -0.62, -0.62] || seen() == [2.24, -0.62, -0.62])
      let before = try #require(try seen())
      try browser.press(.right, holding: .shift)
      let after = try #require(try seen())
      #expect(abs(after[1] - before[1] + 0.125) < 0.03 && after[2] == before[2])
      try browser.press(.minus)
      #expect(abs(try zoom() - 1.5) < 0.03)
      try browser.press(.zero)
      #expect(try seen() == [1, 0, 0])
      #expect(try browser.complaints() == [])
    }

    @Test("by mouse: the wheel scrolls the page, but zooms with the control key; then it zooms, and dragging pans")
    func mouse() throws {
      try browser.wheel(Self.panel, by: -100)
      #expect(try zoom() == 1)
      try browser.wheel(Self.panel, by: -100, holding: .control)
      let zoomed = try zoom()
      #expect(zoomed > 1.2)
      try browser.wheel(Self.panel, by: -100)
      #expect(try zoom() > zoomed)
      let before = try #require(try seen())
      try browser.drag(Self.panel, from: Place(0.6, 0.6), to: Place(0.5, 0.55))
      let after = try #require(try seen())
      #expect(abs(after[1] - before[1] + 0.1) < 0.04 && abs(after[2] - before[2] + 0.05) < 0.04)
      #expect(try !browser.holds("document.querySelector('#figure-2 dialog').open"))
    }

    @Test("by buttons")
    func buttons() throws {
      try browser.click("#figure-2 summary")
      try browser.click("#figure-2 [aria-label='Zoom in']")
      #expect(abs(try zoom() - 1.5) < 0.03)
      try browser.click("#figure-2 [aria-label='Zoom out']")
      #expect(abs(try zoom() - 1) < 0.03)
      try browser.click("#figure-2 [aria-label='Zoom in']")
      try browser.click("#figure-2 [type=reset]")
      #expect(try seen() == [1, 0, 0])
    }

    @Test("boxes stay where they are on the photo")
    func boxes() throws {
      try browser.open(site.address("kinds.html", by: .file) + "#figure-5;zoom=3,-1,-0.5")
      #expect(
        try browser.holds(
          """
          ["photo", "overlay"].map((name) => document.querySelector("#figure-5 .boxes ." + name).getBoundingClientRect())
            .map(({ left, top, width, height }) => [left, top, width, height].map(Math.round).join())
            .every((box, index, all) => box === all[0]) && document.querySelector("#figure-5.zoomed")
          """))
    }

    @Test("by touch: two fingers zoom, one pans")
    func touch() throws {
      try browser.pinch(Self.panel, from: 0.3, to: 0.6)
      let zoomed = try zoom()
      #expect(abs(zoomed - 2) < 0.2)
      let before = try #require(try seen())
      try browser.drag(Self.panel, from: Place(0.6, 0.5), to: Place(0.4, 0.5), by: "touch")
      let after = try #require(try seen())
      #expect(abs(after[1] - before[1] + 0.2) < 0.06)
      #expect(try !browser.holds("document.querySelector('#figure-2 dialog').open"))
    }
  }
}
