import Foundation
import Testing

extension BrowserSuite {
  /// A grid of six photos under two networks; the first is wrong about the mug, whose line says apple.
  @Suite("A collection")
  struct CollectionTests {
    private static let shown = "[...document.querySelectorAll('.grid > li')].filter((one) => one.checkVisibility())"

    private static func names(_ browser: Browser) throws -> [String] {
      try browser.run("return \(shown).map((one) => one.querySelector('.name').textContent)")
    }

    private static func choose(_ field: String, _ value: String, _ browser: Browser) throws {
      let _: Browser.Nothing = try browser.run(
        """
        const field = document.querySelector(".filter [name=\(field)]");
        field.value = "\(value)";
        field.dispatchEvent(new Event("input", { bubbles: true }));
        """)
    }

    @Test(
      "is sorted and filtered by what a reader chooses, which stands in the address",
      arguments: FigureSite.Visit.allCases)
    func filter(visit: FigureSite.Visit) throws {
      let (site, browser) = try Room.entered()
      try browser.open(site.address("things.html", by: visit))
      #expect(try Self.names(browser).count == 6)
      #expect(try Self.names(browser).first == "mug.png", "the worst comes first")
      try Self.choose("show", "wrong", browser)
      let wrong: [String] = try browser.run(
        "return [...document.querySelectorAll('.grid > li:has(em)')].filter((one) => !/✓/.test(one.querySelector('p').textContent)).map((one) => one.querySelector('.name').textContent)"
      )
      #expect(try Self.names(browser) == wrong && wrong.contains("mug.png") && wrong.count < 6)
      #expect(try browser.text("document.querySelector('.filter output').value") == "\(wrong.count) / 6")
      try Self.choose("show", "", browser)
      try Self.choose("class", "book", browser)
      #expect(try Self.names(browser).contains("A book on a cloth"))
      #expect(try Self.names(browser).count < 6)
      try Self.choose("class", "", browser)
      try Self.choose("tag", "cloth", browser)
      #expect(try Set(Self.names(browser)) == ["A book on a cloth", "cloth-mug.png"])
      try Self.choose("sort", "name", browser)
      #expect(try Self.names(browser) == ["A book on a cloth", "cloth-mug.png"])
      #expect(try browser.text("location.hash") == "#figure-1;tag=cloth;sort=name")
      // Somebody else opens the address.
      try browser.open(site.address("variants.html", by: visit))
      try browser.open(site.address("things.html#figure-1;tag=cloth;sort=name", by: visit))
      #expect(try Self.names(browser) == ["A book on a cloth", "cloth-mug.png"])
      try browser.click(".filter [type=reset]")
      usleep(100_000)
      #expect(try Self.names(browser).count == 6)
      #expect(try Self.names(browser).first == "mug.png")
      #expect(try browser.text("location.hash") == "#figure-1")
    }

    /// Follows a link, and waits until the page is there.
    private static func follow(_ selector: String, to end: String, _ browser: Browser) throws {
      let _: Browser.Nothing = try browser.run("document.querySelector(\"\(selector)\").click();")
      for _ in 0..<100 where try !browser.text("location.pathname").hasSuffix(end) { usleep(50_000) }
      #expect(try browser.text("location.pathname").hasSuffix(end))
      try browser.settle()
    }

    @Test("has what the networks do not agree about")
    func disputed() throws {
      let (site, browser) = try Room.entered()
      try browser.open(site.address("things.html", by: .file))
      try Self.choose("show", "disputed", browser)
      let names = try Self.names(browser)
      #expect(names.contains("A book on a cloth"), "which the second takes for a mug")
      #expect(names.count < 6)
    }

    @Test(
      "is whole without the script: cells of the table lead to their pictures, and these to their maps",
      arguments: FigureSite.Visit.allCases)
    func scriptless(visit: FigureSite.Visit) throws {
      let site = try Room.entered().site
      let browser = try Browser(runsScripts: false)
      try browser.open(site.address("things.html", by: visit))
      #expect(try Self.names(browser).count == 6)
      #expect(try browser.holds("!document.querySelector('.filter').checkVisibility()"))
      #expect(try browser.text("document.querySelector('.confusion tbody a[aria-label]').textContent").isEmpty == false)
      try Self.follow(
        ".confusion a[aria-label='1: apple, taken for mug']", to: "figures/pages/things-1/classes/apple.html", browser)
      #expect(try browser.text("location.hash") == "#said-mug")
      #expect(try browser.text("document.querySelector('#said-mug .name').textContent") == "mug.png")
      try Self.follow("#said-mug .grid a", to: "figures/pages/things-1/pictures/mug.html", browser)
      #expect(
        try browser.holds(
          "[...document.querySelectorAll('.panel .view img')].every((one) => one.complete && one.naturalWidth > 20)"))
      #expect(try browser.holds("document.querySelectorAll('.panel').length > 4"))
      try Self.follow(".neighbours [rel=next]", to: ".html", browser)
      try Self.follow(".opening .date a", to: "things.html", browser)
    }
  }
}
