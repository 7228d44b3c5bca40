import Testing

extension BrowserSuite {
  @Suite("On paper")
  struct PrintTests {
    private func printed(_ name: String) throws -> Browser {
      let (site, browser) = try Room.entered()
      try browser.open(site.address(name, by: .file))
      try browser.command("Emulation.setEmulatedMedia", #"{"media": "print"}"#)
      return browser
    }

    @Test("a class and its panels stay together, all rows are there, and no control")
    func figures() throws {
      let browser = try printed("figures.html")
      for what in ["row", "panel"] {
        #expect(
          try browser.holds(
            "[...document.querySelectorAll('.\(what)')].every((one) => getComputedStyle(one).breakInside === 'avoid')"))
      }
      #expect(try browser.holds("[...document.querySelectorAll('.row')].every((one) => one.checkVisibility())"))
      let controls = "form, button, select, input, [role=tablist], .chip, .pager, .masthead nav, .neighbours, .skip"
      #expect(
        try browser.holds("![...document.querySelectorAll('\(controls)')].some((one) => one.checkVisibility())"))
      #expect(
        try browser.holds(
          "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)' "
            + "&& getComputedStyle(document.body).color === 'rgb(0, 0, 0)'"))
    }

    @Test("a list prints as a grid, each of its cards whole")
    func lists() throws {
      let browser = try printed("experiments.html")
      #expect(
        try browser.holds(
          "getComputedStyle(document.querySelector('.plates > ul')).gridTemplateColumns.split(' ').length === 3"))
      #expect(
        try browser.holds(
          "[...document.querySelectorAll('.plate')].every((one) => getComputedStyle(one).breakInside === 'avoid')"))
    }

    @Test("links to elsewhere say where they lead, and those within the site do not")
    func links() throws {
      let browser = try Room.entered().browser
      let site = try PublishedSite()
      try withExtendedLifetime(site) { try browser.open(site.address("experiments/mug.html", by: .file)) }
      try browser.command("Emulation.setEmulatedMedia", #"{"media": "print"}"#)
      func told(_ selector: String) throws -> String {
        try browser.text("getComputedStyle(document.querySelector('\(selector)'), '::after').content")
      }
      #expect(try told(".prose > p a[href^=http]").contains("https://example.org/paper"))
      #expect(try told(".footnotes a[href^=http]").contains("https://example.org/book"))
      #expect(try told(".prose > p a:not([href^=http])") == "none")
    }
  }
}
