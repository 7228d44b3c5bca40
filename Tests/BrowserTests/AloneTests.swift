import Testing

extension BrowserSuite {
  @Suite("A figure alone")
  struct AloneTests {
    private let site: FigureSite
    private let browser: Browser

    init() throws { (site, browser) = try Room.entered() }

    @Test("it answers in a frame of another page", arguments: FigureSite.Visit.allCases)
    func framed(visit: FigureSite.Visit) throws {
      try browser.open(site.address("host.html", by: visit))
      try browser.enterFrame()
      let maps = try site.maps("figures", 1)
      try browser.hover("#\(maps[0].panel) .view", at: Place(0.53, 0.47))
      let chip = try browser.chip(in: maps[0].panel)
      #expect(chip == maps[0].reading(at: Place(0.53, 0.47)))
      try browser.click("#figure-1 [role=tab]:nth-child(2)")
      #expect(
        try browser.holds(
          "[...document.querySelectorAll('.row')].map((row) => row.checkVisibility()).join() === 'false,true,false,false'"
        ))
      try browser.set("opacity", to: "0.8", in: "figure-1")
      #expect(try browser.holds("document.querySelector('#\(maps[1].panel) canvas').checkVisibility()"))
      #expect(try browser.fragment() == "#figure-1;class=apple;opacity=0.8")
      let complaints = try browser.complaints()
      #expect(complaints == [])
    }

    @Test("it links to its page, which takes the place of the one around it", arguments: FigureSite.Visit.allCases)
    func origin(visit: FigureSite.Visit) throws {
      try browser.open(site.address("host.html", by: visit))
      try browser.enterFrame()
      try browser.click(".from a")
      try browser.leaveFrame()
      #expect(try browser.text("document.title").hasPrefix("Figures"))
    }

    @Test("without the script it shows all of its rows", arguments: FigureSite.Visit.allCases)
    func scriptless(visit: FigureSite.Visit) throws {
      let browser = try Browser(runsScripts: false)
      try browser.open(site.address("figures/pages/figures-1.html", by: visit))
      #expect(try browser.holds("document.querySelectorAll('.row').length === 4"))
      #expect(
        try browser.holds("[...document.querySelectorAll('.row, .legend')].every((one) => one.checkVisibility())"))
      #expect(
        try browser.holds(
          "[...document.querySelectorAll('.view img')].every((one) => one.complete && one.naturalWidth > 100)"))
    }
  }
}
