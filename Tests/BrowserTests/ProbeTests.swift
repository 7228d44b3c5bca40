import Testing

extension BrowserSuite {
  @Suite("Probe")
  struct ProbeTests {
    private let site: FigureSite
    private let browser: Browser

    /// The maps of the figure with classes.
    private let maps: [PageMap]

    init() throws {
      (site, browser) = try Room.entered()
      maps = try site.maps("figures", 1)
    }

    /// All rows of the figure with classes, each with a map of its own.
    private func openAll(by visit: FigureSite.Visit = .file) throws {
      try browser.openFigures(of: site, by: visit, at: "#figure-1;class=*")
    }

    private func expectReadings(at place: Place) throws {
      #expect(maps.count == 4)
      for map in maps { #expect(try browser.chip(in: map.panel) == map.reading(at: place)) }
    }

    @Test("every map tells its value at the place of the pointer", arguments: FigureSite.Visit.allCases)
    func mouse(visit: FigureSite.Visit) throws {
      try openAll(by: visit)
      for place in [Place(0.51, 0.6), Place(0.07, 0.3), Place(0.93, 0.05)] {
        try browser.hover("#figure-1-1-grad-cam .view", at: place)
        try expectReadings(at: place)
      }
      // A photo has no values, but the same place.
      try browser.hover("#figure-1-2 .photo .view", at: Place(0.3, 0.4))
      try expectReadings(at: Place(0.3, 0.4))
      try browser.hover("h1")
      #expect(try browser.chip(in: "figure-1-1-grad-cam") == "")
      #expect(try browser.complaints() == [])
    }

    @Test("it tells the place on the picture, however that is zoomed")
    func zoomed() throws {
      try browser.openFigures(of: site, at: "#figure-1;class=*;zoom=4,-1,-2")
      try browser.hover("#figure-1-1-grad-cam .view", at: Place(0.2, 0.4))
      try expectReadings(at: Place(0.3, 0.6))
    }

    @Test("by keyboard: arrows go from cell to cell, and what is there is announced")
    func keyboard() throws {
      try openAll()
      try browser.focus("#figure-1-1-grad-cam .view")
      try browser.press(.right, .down)
      // Right of the middle of 16 × 16 cells, and below it; one further each.
      try expectReadings(at: Place(9.5 / 16, 9.5 / 16))
      #expect(
        try browser.text("document.querySelector('#figure-1 [role=status]').textContent")
          == "Grad-CAM: \(maps[0].reading(at: Place(9.5 / 16, 9.5 / 16)))")
      try browser.press(.left, .up, .up)
      try expectReadings(at: Place(8.5 / 16, 7.5 / 16))
      try browser.press(.escape)
      #expect(try browser.chip(in: "figure-1-1-grad-cam") == "")
    }

    @Test("by touch: a finger that moves to the side takes the cross-hair along, which stays")
    func touch() throws {
      try openAll()
      try browser.drag("#figure-1-1-grad-cam .view", from: Place(0.2, 0.6), to: Place(0.66, 0.6), by: "touch")
      try expectReadings(at: Place(0.66, 0.6))
    }

    @Test("on a shared scale it says where that ends")
    func shared() throws {
      try openAll()
      try browser.set("scale", to: "shared", in: "figure-1")
      try browser.hover("#figure-1-1-grad-cam .view", at: Place(0.1, 0.6))
      let end = maps.map(\.end).max()
      for map in maps { #expect(try browser.chip(in: map.panel) == map.reading(at: Place(0.1, 0.6), of: end)) }
    }

    @Test("whatever a figure is like, its values are those of the files that it offers")
    func kinds() throws {
      for number in 1...(FigureSite.figures["kinds"] ?? 0) {
        let maps = try site.maps("kinds", number)
        try #require(!maps.isEmpty)
        try browser.open("about:blank")
        try browser.open(site.address("kinds.html", by: .file) + "#figure-\(number)")
        let isShared = try browser.text("document.querySelector('#figure-\(number) [name=scale]').value") == "shared"
        for place in [Place(0.53, 0.47), Place(0.22, 0.03), Place(0.97, 0.84)] {
          try browser.hover("#\(maps[0].panel) .view", at: place)
          for map in maps {
            let end = isShared ? maps.filter { $0.method == map.method }.map(\.end).max() : nil
            let chip = try browser.chip(in: map.panel)
            #expect(chip == (map.overlay == nil ? "" : map.reading(at: place, of: end)), "\(map.panel), \(place)")
          }
        }
      }
      #expect(try browser.complaints() == [])
    }
  }
}
