import Testing

extension BrowserSuite {
  @Suite("Probe")
  struct ProbeTests {
    private let site: FigureSite
    private let browser: Browser

    init() throws { (site, browser) = try Room.entered() }

    /// All rows of the figure with classes, each with a map of its own.
    private func openAll(by visit: FigureSite.Visit = .file) throws {
      try browser.openFigures(of: site, by: visit, at: "#figure-1;class=*")
    }

    private func expectReadings(at place: Place) throws {
      for (index, map) in FigureSite.classMaps.enumerated() {
        #expect(try browser.chip(in: "figure-1-row-\(index + 1)-grad-cam") == map.reading(at: place))
      }
    }

    @Test("every map tells its value at the place of the pointer", arguments: FigureSite.Visit.allCases)
    func mouse(visit: FigureSite.Visit) throws {
      try openAll(by: visit)
      for place in [Place(0.51, 0.6), Place(0.07, 0.3), Place(0.93, 0.05)] {
        try browser.hover("#figure-1-row-1-grad-cam .view", at: place)
        try expectReadings(at: place)
      }
      // A photo has no values, but the same place.
      try browser.hover("#figure-1-row-2 .photo .view", at: Place(0.3, 0.4))
      try expectReadings(at: Place(0.3, 0.4))
      try browser.hover("h1")
      #expect(try browser.chip(in: "figure-1-row-1-grad-cam") == "")
      #expect(try browser.complaints() == [])
    }

    @Test("it tells the place on the picture, however that is zoomed")
    func zoomed() throws {
      try browser.openFigures(of: site, at: "#figure-1;class=*;zoom=4,-1,-2")
      try browser.hover("#figure-1-row-1-grad-cam .view", at: Place(0.2, 0.4))
      try expectReadings(at: Place(0.3, 0.6))
    }

    @Test("by keyboard: arrows go from cell to cell, and what is there is announced")
    func keyboard() throws {
      try openAll()
      try browser.focus("#figure-1-row-1-grad-cam .view")
      try browser.press(.right, .down)
      // The middle of five columns and the third of four rows; one to the right and one down from there.
      try expectReadings(at: Place(0.7, 0.875))
      let map = FigureSite.classMaps[0]
      #expect(
        try browser.text("document.querySelector('#figure-1 [role=status]').textContent")
          == "Grad-CAM: \(map.reading(at: Place(0.7, 0.875)))")
      try browser.press(.left, .up, .up)
      try expectReadings(at: Place(0.5, 0.375))
      try browser.press(.escape)
      #expect(try browser.chip(in: "figure-1-row-1-grad-cam") == "")
    }

    @Test("by touch: a finger that moves to the side takes the cross-hair along, which stays")
    func touch() throws {
      try openAll()
      try browser.drag("#figure-1-row-1-grad-cam .view", from: Place(0.2, 0.6), to: Place(0.66, 0.6), by: "touch")
      try expectReadings(at: Place(0.66, 0.6))
    }

    @Test("on a shared scale it says where that ends")
    func shared() throws {
      try openAll()
      try browser.set("scale", to: "shared", in: "figure-1")
      try browser.hover("#figure-1-row-1-grad-cam .view", at: Place(0.1, 0.6))
      let end = FigureSite.classMaps.map(\.end).max()
      for (index, map) in FigureSite.classMaps.enumerated() {
        #expect(
          try browser.chip(in: "figure-1-row-\(index + 1)-grad-cam") == map.reading(at: Place(0.1, 0.6), of: end))
      }
    }
  }
}
