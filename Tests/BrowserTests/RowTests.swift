import Foundation
import Testing

extension BrowserSuite {
  @Suite("Rows")
  struct RowTests {
    private let site: FigureSite
    private let browser: Browser

    init() throws {
      (site, browser) = try Room.entered()
      try browser.openFigures(of: site)
    }

    /// The numbers of the rows that are shown.
    private func rows(in figure: String) throws -> [Int] {
      try browser.run(
        """
        return [...document.querySelectorAll("#\(figure) .row")].map((row, index) => row.checkVisibility() ? index + 1 : 0)
          .filter((number) => number);
        """)
    }

    private func tab(_ number: Int) -> String { "#figure-1 [role=tab]:nth-child(\(number))" }

    @Test("tabs show one class; by mouse, touch and keyboard")
    func tabs() throws {
      #expect(try rows(in: "figure-1") == [1])
      let share = try #require(try site.cells("figures", 1).first).probability * 100
      let shown = try #require(Decimal(string: String(format: "%.2g", share)))
      #expect(try browser.text("document.querySelector('\(tab(1))').textContent") == "mug\(shown) %")
      try browser.click(tab(2))
      #expect(try rows(in: "figure-1") == [2])
      try browser.tap(tab(3))
      #expect(try rows(in: "figure-1") == [3])
      #expect(try browser.fragment() == "#figure-1;class=light+bulb")
      try browser.press(.right)
      #expect(try rows(in: "figure-1") == [4])
      #expect(try browser.fragment() == "#figure-1;class=4", "a second mug is told by its number")
      try browser.press(.home)
      #expect(try rows(in: "figure-1") == [1])
      try browser.press(.end)
      #expect(try rows(in: "figure-1") == [4])
      #expect(try browser.holds("document.activeElement === document.querySelector('[role=tab][aria-selected=true]')"))
      #expect(try browser.holds("document.activeElement.getAttribute('aria-controls') === 'figure-1-4'"))
    }

    @Test("a slider shows one layer; by mouse and keyboard")
    func slider() throws {
      #expect(try rows(in: "figure-2") == [1])
      try browser.click("#figure-2 .chooser input", at: Place(0.98, 0.5))
      #expect(try rows(in: "figure-2") == [3])
      try browser.press(.left)
      #expect(try rows(in: "figure-2") == [2])
      #expect(try browser.fragment() == "#figure-2;layer=relu4")
      #expect(try browser.text("document.querySelector('#figure-2 .chooser output').value") == "relu4")
    }

    @Test("a button shows all rows and one again", arguments: ["figure-1", "figure-2"])
    func all(figure: String) throws {
      try browser.click("#\(figure) .chooser > button")
      #expect(try rows(in: figure) == (figure == "figure-1" ? [1, 2, 3, 4] : [1, 2, 3]))
      try browser.click("#\(figure) .chooser > button")
      #expect(try rows(in: figure) == [1])
    }

    @Test("paper shows all rows, the page's own maps and no controls")
    func paper() throws {
      try browser.set("opacity", to: "0.9", in: "figure-1")
      try browser.command("Emulation.setEmulatedMedia", #"{"media": "print"}"#)
      #expect(try rows(in: "figure-1") == [1, 2, 3, 4])
      #expect(try rows(in: "figure-2") == [1, 2, 3])
      #expect(try browser.holds("[...document.querySelectorAll('.row picture')].every((one) => one.checkVisibility())"))
      #expect(
        try browser.holds(
          "![...document.querySelectorAll('.controls, canvas, .chip')].some((one) => one.checkVisibility())"))
    }
  }
}
