import Foundation
import Imaging
import TestSupport
import Testing
import Vocabulary

extension BrowserSuite {
  /// What the script and the style sheet show is what the program painted.
  @Suite("Likeness")
  struct LikenessTests {
    private let site: FigureSite
    private let browser: Browser

    init() throws { (site, browser) = try Room.entered() }

    /// The largest difference in levels between a drawn map and a picture, before black and before white.
    private func difference(_ panel: String, from picture: String) throws -> Int {
      let body = """
        const canvas = document.querySelector("#\(panel) canvas"), { width, height } = canvas;
        const picture = new Image();
        picture.src = \(try browser.json(picture));
        return picture.decode().then(() => Math.max(...["#000", "#fff"].map((ground) => {
          const [drawn, made] = [canvas, picture].map((source) => {
            const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
            context.fillStyle = ground;
            context.fillRect(0, 0, width, height);
            context.drawImage(source, 0, 0);
            return context.getImageData(0, 0, width, height).data;
          });
          return drawn.reduce((worst, level, index) => Math.max(worst, Math.abs(level - made[index])), 0);
        })));
        """
      return try browser.run(body)
    }

    private func open(_ page: String, _ figure: Int, _ settings: String = "") throws {
      try browser.open("about:blank")
      try browser.open(site.address("\(page).html", by: .web) + "#figure-\(figure);class=*;layer=*" + settings)
    }

    /// Whether the drawn map is what one sees.
    private func isDrawn(_ panel: String) throws -> Bool {
      try browser.holds("document.querySelector('#\(panel) canvas').checkVisibility()")
    }

    @Test(
      "a drawn map equals the page's picture to two levels, whatever the figure is like",
      arguments: ["figures", "kinds"])
    func own(page: String) throws {
      var count = 0
      for figure in 1...(FigureSite.figures[page] ?? 0) {
        let maps = try site.maps(page, figure)
        guard !maps.isEmpty else { continue }
        // Without a contour, its threshold changes nothing but that the map is drawn.
        try open(page, figure, ";threshold=0.9")
        for map in maps {
          guard let overlay = map.overlay else {
            #expect(map.end == 0)
            #expect(try browser.holds("!document.querySelector('#\(map.panel) canvas')"))
            continue
          }
          #expect(try isDrawn(map.panel))
          #expect(try difference(map.panel, from: overlay) <= 2, "\(page), \(map.panel)")
          count += 1
        }
      }
      #expect(count == (page == "figures" ? 7 : 23))
      #expect(try browser.complaints() == [])
    }

    @Test(
      "what a reader chooses is what a writer would have had",
      arguments: [
        (1, "opacity=0.8", 1), (1, "colormap=viridis", 2), (1, "scale=shared", 3), (2, "opacity=0.8", 4),
      ])
    func chosen(figure: Int, setting: String, variant: Int) throws {
      try open("figures", figure, ";" + setting)
      for (map, other) in zip(try site.maps("figures", figure), try site.maps("variants", variant)) {
        #expect(try isDrawn(map.panel))
        #expect(try difference(map.panel, from: try #require(other.overlay)) <= 2)
      }
      let changed = try site.maps("figures", figure).last
      try open("variants", variant, ";threshold=0.9")
      #expect(
        try difference(#require(changed).panel, from: try #require(changed?.overlay)) > 20, "it changes something")
    }

    @Test("sharp cells have one colour each")
    func sharp() throws {
      try open("figures", 1, ";cells=sharp")
      for map in try site.maps("figures", 1) {
        let made = try Data(map.sharpOverlay(MapColors(.turbo, opacity: 0.5, blend: .fade)))
        #expect(try difference(map.panel, from: "data:image/png;base64," + made.base64EncodedString()) <= 2)
      }
    }

    // MARK: - On the screen

    /// What is seen of a panel's picture, and the same of the picture that its link leads to.
    private func seen(_ browser: Browser, _ panel: String, _ picture: String) throws -> (screen: Image, file: Image) {
      let screen = try browser.screenshot(of: "#\(panel) .view")
      let file = try Image(contentsOfFile: site.file(picture)).resized(width: screen.width, height: screen.height)
      return (screen, file)
    }

    /// The mean difference in levels.
    private func meanDifference(_ pair: (screen: Image, file: Image)) -> Double {
      let sum = zip(pair.screen.pixels, pair.file.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      return Double(sum) / Double(max(pair.screen.pixels.count, 1))
    }

    @Test("without the script, a map on its photo is the picture that the panel links to")
    func composites() throws {
      let browser = try Browser(runsScripts: false)
      try browser.open(site.address("kinds.html", by: .file))
      try browser.showAll()
      for figure in 1...(FigureSite.figures["kinds"] ?? 0) {
        for map in try site.maps("kinds", figure) {
          let pair = try seen(browser, map.panel, map.picture)
          #expect(meanDifference(pair) < 4, "\(map.panel)")
          // Not only because maps are faint.
          let photo = "explanations/pages/kinds/\(figure)/photo"
          guard map.overlay != nil, let name = try site.files(photo).first else { continue }
          let plain = try Image(contentsOfFile: site.file(name))
            .resized(width: pair.screen.width, height: pair.screen.height)
          #expect(meanDifference((pair.screen, plain)) > 4, "\(map.panel)")
        }
      }
    }

    @Test("boxes are drawn where the picture has them", arguments: [true, false])
    func boxes(runsScripts: Bool) throws {
      let browser = runsScripts ? browser : try Browser(runsScripts: false)
      try browser.open(site.address("kinds.html", by: .file))
      try browser.showAll()
      let cells = try site.cells("kinds", 5).filter { $0.method == "localization" }
      #expect(cells.count == 2)
      for (row, cell) in cells.enumerated() {
        let pair = try seen(browser, "figure-5-\(row + 1)-localization", try #require(cell.picture))
        #expect(meanDifference(pair) < 8)
        let box = try #require(cell.box)
        let scale = Double(pair.screen.width) / Double(FigureSite.photo.width)
        // Half-way down the left side, a few pixels around it.
        let y = Int((Double(box[1]) + Double(box[3]) / 2) * scale)
        let left = Int(Double(box[0]) * scale)
        let colors = (max(left - 4, 0)..<min(left + 5, pair.screen.width)).map { x in
          Array(pair.screen.pixels[((y * pair.screen.width) + x) * 3..<((y * pair.screen.width) + x) * 3 + 3])
        }
        #expect(colors.contains { $0[0] > 200 && $0[1] > 190 && $0[2] < 140 }, "a yellow line")
      }
    }
  }
}
