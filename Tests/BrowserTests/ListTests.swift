import Testing

extension BrowserSuite {
  /// Of four experiments, two on a page; all of them carry the tag “two”.
  @Suite("Lists in pages")
  struct ListTests {
    private func titles(_ browser: Browser) throws -> [String] {
      try browser.run("return [...document.querySelectorAll('.plate h3')].map((one) => one.textContent)")
    }

    private func isAt(_ browser: Browser, _ path: String) throws -> Bool {
      try browser.text("location.pathname").hasSuffix("/" + path)
    }

    @Test("one goes from page to page without the script, wherever the site lies", arguments: FigureSite.Visit.allCases)
    func pager(visit: FigureSite.Visit) throws {
      let site = try Room.entered().site
      let browser = try Browser(runsScripts: false)
      try browser.open(site.address("index.html", by: visit))
      #expect(try titles(browser) == ["Mug or apple?", "Words 1"])
      try browser.click(".more a")
      #expect(try isAt(browser, "experiments.html"))
      #expect(try titles(browser) == ["Mug or apple?", "Words 1"])
      try browser.click(".pager [rel=next]")
      #expect(try isAt(browser, "experiments/page-2.html"))
      #expect(try titles(browser) == ["Words 2", "Words 3"])
      #expect(try browser.text("document.querySelector('.pager [aria-current=page]').textContent") == "2")
      #expect(try browser.holds("!document.querySelector('.pager [rel=next]')"))
      #expect(try browser.holds("getComputedStyle(document.querySelector('.pager')).display === 'flex'"))
      try browser.click(".pager li:first-child a")
      #expect(try isAt(browser, "experiments.html"))
    }

    @Test("a tag leads to all that carry it, and the index of tags to each tag", arguments: FigureSite.Visit.allCases)
    func tags(visit: FigureSite.Visit) throws {
      let site = try Room.entered().site
      let browser = try Browser(runsScripts: false)
      try browser.open(site.address("experiments/mug-apple.html", by: visit))
      try browser.click(".tags a")
      #expect(try isAt(browser, "tags/two.html"))
      #expect(try titles(browser) == ["Mug or apple?", "Words 1"])
      try browser.click(".pager [rel=next]")
      #expect(try isAt(browser, "tags/two/page-2.html"))
      #expect(try titles(browser) == ["Words 2", "Words 3"])
      try browser.click(".opening a")
      #expect(try isAt(browser, "tags.html"))
      #expect(
        try browser.text("[...document.querySelectorAll('.tags a')].map((one) => one.textContent)") == "C++ 3,two 4")
      try browser.click(".tags a")
      #expect(try isAt(browser, "tags/c.html"))
      #expect(try titles(browser) == ["Words 1", "Words 2"])
    }
  }
}
