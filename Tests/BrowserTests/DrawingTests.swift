import Foundation
import Testing

extension BrowserSuite {
  @Suite("Drawing")
  struct DrawingTests {
    private let site: FigureSite
    private let browser: Browser

    init() throws { (site, browser) = try Room.entered() }

    /// Whether the panel shows a drawn map in place of the page's picture.
    private func isDrawn(_ panel: String = "figure-1-1-grad-cam") throws -> Bool {
      try browser.holds(
        "document.querySelector('#\(panel) canvas').checkVisibility() && !document.querySelector('#\(panel) picture').checkVisibility()"
      )
    }

    @Test("a slider by keyboard draws, and a reset returns to the page's own", arguments: FigureSite.Visit.allCases)
    func slider(visit: FigureSite.Visit) throws {
      try browser.openFigures(of: site, by: visit)
      #expect(try !isDrawn())
      try browser.focus("#figure-1 [name=opacity]")
      try browser.press(.right)
      #expect(try isDrawn())
      #expect(try browser.fragment() == "#figure-1;opacity=0.51")
      try browser.press(.left)
      #expect(try !isDrawn())
      #expect(try browser.fragment() == "#figure-1")
      try browser.press(.end)
      try browser.click("#figure-1 [type=reset]")
      #expect(try !isDrawn())
      #expect(try browser.complaints() == [])
    }

    @Test("the contour goes where the map passes the threshold")
    func contour() throws {
      try browser.openFigures(of: site, at: "#figure-1;contour=line;threshold=0.5")
      #expect(try isDrawn())
      let map = try site.maps("figures", 1)[0]
      let width = FigureSite.photo.width
      // The row of cells in which the maximum is, and the first two of them that differ in being above the threshold.
      let row = try #require(map.values.firstIndex(of: map.end)) / map.width
      let above = map.values[(row * map.width)..<((row + 1) * map.width)].map { $0 >= map.end / 2 }
      let crossing = try #require(above.indices.dropFirst().first { above[$0] != above[$0 - 1] })
      let middle = (row * 2 + 1) * FigureSite.photo.height / (map.height * 2)
      let pixels: [Int] = try browser.run(
        """
        const canvas = document.querySelector("#\(map.panel) canvas");
        const row = canvas.getContext("2d").getImageData(0, \(middle), \(width), 1).data;
        return [...Array(\(width)).keys()].filter((x) => [0, 1, 2, 3].every((c) => row[x * 4 + c] === 255));
        """)
      let cell = width / map.width
      let between = (crossing * cell - cell / 2)...(crossing * cell + cell / 2)
      #expect(pixels.contains { between.contains($0) })
      #expect(pixels.count < 20)
    }

    @Test("wiping uncovers the photo from the left, without drawing anew")
    func wipe() throws {
      try browser.openFigures(of: site)
      try browser.set("wipe", to: "0.4", in: "figure-1")
      #expect(
        try browser.text("getComputedStyle(document.querySelector('#figure-1-1-grad-cam picture')).clipPath")
          == "inset(0px 0px 0px 40%)")
      #expect(try !isDrawn())
    }

    @Test("the legend tells the colours and numbers that are shown, and its own again after a reset")
    func legend() throws {
      let maps = try site.maps("figures", 1)
      let (map, end) = (maps[3], try #require(maps.map(\.end).max()))
      let text = "document.querySelector('#\(map.panel) .legend').textContent.replace(/\\s+/g, ' ').trim()"
      try browser.openFigures(of: site, at: "#figure-1;class=*")
      // How strong it is beside the strongest of its method, for it is as red as that.
      let percentage = String(format: "%.1f\u{2009}%%", map.end / end * 100)
      let own = "0 \(PageMap.text(map.end)) \(percentage) of the highest".replacing(/\s+/, with: " ")
      #expect(try browser.text(text) == own)
      try browser.set("scale", to: "shared", in: "figure-1")
      let share = try #require(Decimal(string: String(format: "%.2g", map.end / end * 100)))
      #expect(try browser.text(text) == "0 \(PageMap.text(end)) \(share) % of the scale")
      try browser.set("colormap", to: "magma", in: "figure-1")
      #expect(try browser.holds("document.querySelector('#\(map.panel) .colorbar.magma.fade')"))
      try browser.click("#figure-1 [type=reset]")
      #expect(try browser.text(text) == own)
    }
  }
}
