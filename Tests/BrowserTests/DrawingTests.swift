import Testing

extension BrowserSuite {
  @Suite("Drawing")
  struct DrawingTests {
    private let site: FigureSite
    private let browser: Browser

    init() throws { (site, browser) = try Room.entered() }

    /// Whether the panel shows a drawn map in place of the page's picture.
    private func isDrawn(_ panel: String = "figure-1-row-1-grad-cam") throws -> Bool {
      try browser.holds(
        "document.querySelector('#\(panel) canvas').checkVisibility() && !document.querySelector('#\(panel) picture').checkVisibility()"
      )
    }

    /// The largest difference in levels between a drawn map and a picture, before black and before white.
    private func difference(_ panel: String, from name: String) throws -> Int {
      let body = """
        const picture = new Image();
        picture.src = "maps/\(name).png";
        return picture.decode().then(() => Math.max(...["#000", "#fff"].map((ground) => {
          const [drawn, made] = [document.querySelector("#\(panel) canvas"), picture].map((source) => {
            const context = Object.assign(document.createElement("canvas"), { width: 160, height: 120 }).getContext("2d");
            context.fillStyle = ground;
            context.fillRect(0, 0, 160, 120);
            context.drawImage(source, 0, 0);
            return context.getImageData(0, 0, 160, 120).data;
          });
          return drawn.reduce((worst, level, index) => Math.max(worst, Math.abs(level - made[index])), 0);
        })));
        """
      return try browser.run(body)
    }

    @Test(
      "a drawn map equals the picture to two levels",
      arguments: [
        ("threshold", "0.9", "own"), ("opacity", "0.8", "strong"), ("colormap", "viridis", "viridis"),
        ("scale", "shared", "shared"),
        ("cells", "sharp", "sharp"),
      ])
    func drawn(control: String, value: String, picture: String) throws {
      try browser.openFigures(of: site, by: .web, at: "#figure-1;class=*")
      #expect(try difference("figure-1-row-1-grad-cam", from: "figure-1-row-1-own") > 20, "nothing is drawn yet")
      try browser.set(control, to: value, in: "figure-1")
      for row in 1...4 {
        #expect(try isDrawn("figure-1-row-\(row)-grad-cam"))
        #expect(try difference("figure-1-row-\(row)-grad-cam", from: "figure-1-row-\(row)-\(picture)") <= 2)
      }
      #expect(try browser.complaints() == [])
    }

    @Test("flat and signed maps too")
    func flat() throws {
      try browser.openFigures(of: site, by: .web, at: "#figure-2;layer=*;opacity=0.8")
      for row in 1...3 {
        #expect(try isDrawn("figure-2-row-\(row)-grad-cam"))
        #expect(try difference("figure-2-row-\(row)-grad-cam", from: "figure-2-row-\(row)-strong") <= 2)
      }
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
      let map = FigureSite.classMaps[0]
      // Between the first two cells of the first row that differ in being above the threshold.
      let above = map.values[..<5].map { $0 >= map.end / 2 }
      let crossing = try #require(above.indices.dropFirst().first { above[$0] != above[$0 - 1] })
      let pixels: [Int] = try browser.run(
        """
        const canvas = document.querySelector("#figure-1-row-1-grad-cam canvas");
        const row = canvas.getContext("2d").getImageData(0, 5, 160, 1).data;
        return [...Array(160).keys()].filter((x) => row[x * 4 + 3] === 255 && row[x * 4] === 255 && row[x * 4 + 1] === 255);
        """)
      let cell = 160 / 5
      let between = (crossing * cell - cell / 2)...(crossing * cell + cell / 2)
      #expect(pixels.contains { between.contains($0) })
      #expect(pixels.count < 20)
    }

    @Test("wiping uncovers the photo from the left, without drawing anew")
    func wipe() throws {
      try browser.openFigures(of: site)
      try browser.set("wipe", to: "0.4", in: "figure-1")
      #expect(
        try browser.text("getComputedStyle(document.querySelector('#figure-1-row-1-grad-cam picture')).clipPath")
          == "inset(0px 0px 0px 40%)")
      #expect(try !isDrawn())
    }

    @Test("the legend tells the colours and numbers that are shown, and its own again after a reset")
    func legend() throws {
      let text = "document.querySelector('#figure-1-row-4-grad-cam .legend').textContent.replace(/\\s+/g, ' ').trim()"
      try browser.openFigures(of: site, at: "#figure-1;class=*")
      #expect(try browser.text(text) == "0 1.5")
      try browser.set("scale", to: "shared", in: "figure-1")
      #expect(try browser.text(text) == "0 3 13 % of the scale")
      try browser.set("colormap", to: "magma", in: "figure-1")
      #expect(try browser.holds("document.querySelector('#figure-1-row-4-grad-cam .colorbar.magma.fade')"))
      try browser.click("#figure-1 [type=reset]")
      #expect(try browser.text(text) == "0 1.5")
    }
  }
}
