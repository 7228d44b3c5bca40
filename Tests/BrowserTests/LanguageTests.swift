import Testing

extension BrowserSuite {
  /// A site in English, of which the first page and an experiment are in Korean, too; and two pages that no English word names.
  @Suite("Languages")
  struct LanguageTests {
    private func place(_ browser: Browser) throws -> String {
      let path = try browser.text("decodeURIComponent(location.pathname)")
      return path.components(before: ["ko/", "experiments/", "figures.html", "index.html", "고양이", "😀"])
    }

    @Test("one changes the language of a page, with the script and without", arguments: FigureSite.Visit.allCases)
    func change(visit: FigureSite.Visit) throws {
      let site = try Room.entered().site
      for runsScripts in [true, false] {
        let browser = try Browser(runsScripts: runsScripts)
        try browser.open(site.address("experiments/mug-apple.html", by: visit))
        #expect(try browser.text("document.querySelector('.languages [aria-current]').textContent") == "English")
        try browser.click(".languages a")
        #expect(try place(browser) == "ko/experiments/mug-apple.html")
        #expect(try browser.text("document.documentElement.lang") == "ko")
        #expect(try browser.text("document.querySelector('.languages [aria-current]').textContent") == "한국어")
        // What the script adds to a figure is in the language of the page.
        #expect(try browser.holds("document.querySelector('form.controls')") == runsScripts)
        if runsScripts {
          #expect(try browser.text("document.querySelector('form.controls summary').textContent") == "살펴보기")
        }
        try browser.click(".languages a")
        #expect(try place(browser) == "experiments/mug-apple.html")
        // A page that is in one language leads to where the other begins.
        try browser.open(site.address("figures.html", by: visit))
        try browser.click(".languages a")
        #expect(try place(browser) == "ko/index.html")
        #expect(
          try browser.text("[...document.querySelectorAll('.plate h3')].map((one) => one.textContent)")
            == "머그잔일까, 사과일까?")
        try browser.click(".plate h3 a")
        #expect(try place(browser) == "ko/experiments/mug-apple.html")
      }
    }

    @Test("pages and headings of every script are found by their links", arguments: FigureSite.Visit.allCases)
    func scripts(visit: FigureSite.Visit) throws {
      let site = try Room.entered().site
      let browser = try Browser(runsScripts: false)
      try browser.open(site.address("figures.html", by: visit))
      try browser.click(".masthead a[href^='%EA']")
      #expect(try place(browser) == "고양이.html")
      for (text, id) in [("to emoji", "😺"), ("to cats", "소리-내기"), ("to kana", "ネコ")] {
        try browser.click("main a[title='\(text)']")
        #expect(try browser.text("decodeURIComponent(location.hash)") == "#" + id)
        #expect(try browser.text("document.querySelector(':target').id") == id)
      }
    }
  }
}

extension String {
  /// From the first of some words on.
  fileprivate func components(before words: [String]) -> String {
    words.compactMap { firstRange(of: $0)?.lowerBound }.min().map { String(self[$0...]) } ?? self
  }
}
