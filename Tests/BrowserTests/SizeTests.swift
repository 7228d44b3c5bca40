import Testing

extension BrowserSuite {
  @Suite("Pictures in sizes")
  struct SizeTests {
    private let browser: Browser
    /// A panel over a photo of 768 pixels a side.
    private static let panel = "#figure-4-2-grad-cam"

    init() throws {
      let site: FigureSite
      (site, browser) = try Room.entered()
      try browser.open("about:blank")
      try browser.open(site.address("kinds.html", by: .file))
      try browser.showAll()
    }

    /// Whether the whole photo is what is shown in a panel, and not a smaller copy.
    private func isWhole(_ panel: String) throws -> Bool {
      try browser.settle()
      return try browser.holds("!/-400-/.test(document.querySelector('\(panel) img.photo').currentSrc)")
    }

    @Test("a small panel is given a small copy, and zooming the whole picture")
    func zoom() throws {
      #expect(try !isWhole(Self.panel))
      try browser.focus(Self.panel + " .view")
      try browser.press(.plus)
      #expect(try isWhole(Self.panel))
    }

    @Test("an enlarged panel shows the whole picture")
    func enlarged() throws {
      try browser.click(Self.panel + " .view")
      #expect(try isWhole("#figure-4 dialog"))
      #expect(try !isWhole(Self.panel))
    }
  }
}
