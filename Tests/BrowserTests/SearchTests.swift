import Testing

extension BrowserSuite {
  @Suite("Searching")
  struct SearchTests {
    private let site: PublishedSite
    private let browser: Browser

    init() throws {
      site = try PublishedSite()
      browser = try Room.entered().browser
    }

    private func open(_ ending: String = "", by visit: FigureSite.Visit = .web) throws {
      try browser.open("about:blank")
      try browser.open(site.address("search.html", by: visit) + ending)
    }

    private func type(_ text: String) throws {
      let _: Browser.Nothing = try browser.run(
        """
        const box = document.querySelector("#query");
        box.value = \(try browser.json(text));
        box.dispatchEvent(new Event("input"));
        """)
    }

    private func found() throws -> [String] {
      try browser.run("return [...document.querySelectorAll('#found > li > a')].map((one) => one.textContent)")
    }

    private func status() throws -> String { try browser.text("document.querySelector('[role=status]').textContent") }

    @Test("what stands in titles comes before headings, tags and text", arguments: FigureSite.Visit.allCases)
    func ranks(visit: FigureSite.Visit) throws {
      try open(by: visit)
      try type("mug")
      #expect(Set(try found().prefix(2)) == ["Mug or apple?", "<img src=x onerror=alert(1)> mug"])
      #expect(try found().dropFirst(2) == ["Café"])
      #expect(try status() == "3 pages")
      try type("handle")
      #expect(try found() == ["<img src=x onerror=alert(1)> mug", "Mug or apple?"])
      try type("still")
      #expect(try found() == ["Mug or apple?"])
      #expect(try status() == "1 page")
      try type("mug handle colours")
      #expect(try found() == ["Mug or apple?"])
      #expect(try browser.complaints() == [])
    }

    @Test("words are found by how they begin, whatever their case and accents, and not by what stands within them")
    func words() throws {
      try open()
      for text in ["cafe", "CAFÉ", "caf", "cafe\u{301}", "ｃａｆｅ"] {
        try type(text)
        #expect(try found() == ["Café"], "\(text)")
      }
      try type("ug")
      #expect(try found() == [])
      #expect(try status() == "No page has “ug”.")
      #expect(try browser.holds("!document.querySelector('#all-pages').checkVisibility()"))
      try type("$& zz <i>{2}")
      #expect(try status() == "No page has “$& zz <i>{2}”.")
    }

    @Test(
      "Korean and Japanese are found anywhere, Korean while a syllable is typed",
      arguments: [
        ("실험", "고양이 실험"), ("양이를", "고양이 실험"), ("네트워ㅋ", "고양이 실험"), ("강아지", nil), ("고야", "고양이 실험"), ("実験", "猫の実験"),
        ("見て", "猫の実験"),
      ])
    func scripts(text: String, title: String?) throws {
      try open()
      try type(text)
      #expect(try found() == [title].compactMap { $0 })
    }

    @Test("a heading that is meant leads to its place", arguments: FigureSite.Visit.allCases)
    func headings(visit: FigureSite.Visit) throws {
      try open(by: visit)
      try type("heat")
      #expect(try browser.text("document.querySelector('#found li li').textContent") == "What the heat map shows")
      try browser.click("#found li li a")
      #expect(try browser.text("location.pathname").hasSuffix("/experiments/mug.html"))
      #expect(try browser.text("location.hash") == "#what-the-heat-map-shows")
    }

    @Test("the address says what is searched", arguments: ["?q=caf%C3%A9", "#q=caf%C3%A9", "?q=mug#q=caf%C3%A9"])
    func address(ending: String) throws {
      for visit in FigureSite.Visit.allCases {
        try open(ending, by: visit)
        #expect(try browser.text("document.querySelector('#query').value") == "café")
        #expect(try found() == ["Café"])
        try type("still life")
        #expect(try browser.text("location.hash") == "#q=still%20life")
        #expect(try browser.complaints() == [])
      }
    }

    @Test("nothing that is found is markup")
    func hostile() throws {
      try open("#q=handle")
      #expect(try browser.holds("!document.querySelector('#found img, #found b, #found i')"))
      #expect(try browser.text("document.querySelector('#found p').textContent") == "</script><b>bold</b>")
      #expect(try browser.text("document.querySelector('#found li li').textContent").contains("handle"))
      #expect(try browser.complaints() == [])
    }

    @Test("the keyboard is enough: words, Enter, and the first result has the focus")
    func keyboard() throws {
      try open()
      #expect(try browser.text("document.activeElement.id") == "query")
      try type("apple")
      try browser.press(.enter)
      #expect(try browser.text("document.activeElement.textContent") == "Mug or apple?")
      try browser.press(.enter)
      #expect(try browser.text("location.pathname").hasSuffix("/experiments/mug.html"))
    }

    @Test("without the script there are all pages by title, and no field", arguments: FigureSite.Visit.allCases)
    func scriptless(visit: FigureSite.Visit) throws {
      let browser = try Browser(runsScripts: false)
      try browser.open(site.address("index.html", by: visit))
      try browser.click(".masthead li:last-child a")
      #expect(try browser.text("location.pathname").hasSuffix("/search.html"))
      #expect(try browser.holds("!document.querySelector('form').checkVisibility()"))
      let titles: [String] = try browser.run(
        "return [...document.querySelectorAll('#all-pages a')].map((one) => one.textContent)")
      #expect(
        titles == ["<img src=x onerror=alert(1)> mug", "Café", "Mug or apple?", "Welcome", "고양이 실험", "猫の実験"])
      try browser.click("#all-pages li:nth-child(5) a")
      #expect(try browser.text("document.querySelector('h1').textContent") == "고양이 실험")
    }
  }
}
