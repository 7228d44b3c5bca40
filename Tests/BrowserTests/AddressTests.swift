import Testing

extension BrowserSuite {
  @Suite("Addresses")
  struct AddressTests {
    private let site: FigureSite
    private let browser: Browser

    init() throws { (site, browser) = try Room.entered() }

    private func value(_ control: String) throws -> String {
      try browser.text("document.querySelector('#figure-1 [name=\(control)]').value")
    }

    @Test("an address is the view that it was copied from", arguments: FigureSite.Visit.allCases)
    func restored(visit: FigureSite.Visit) throws {
      try browser.openFigures(of: site, by: visit)
      try browser.set("scale", to: "shared", in: "figure-1")
      try browser.click("#figure-1 [role=tab]:nth-child(2)")
      try browser.focus("#figure-1-2-grad-cam .view")
      try browser.press(.plus, .right)
      let fragment = try browser.fragment()
      let bodies = [
        "document.querySelector('#figure-1 .rows').innerText",
        // An address has four digits behind the point.
        "document.querySelector('#figure-1').style.cssText.replace(/[0-9.]+/g, (number) => (+number).toFixed(2))",
      ]
      let before = try bodies.map(browser.text)
      try browser.openFigures(of: site, by: visit, at: fragment)
      #expect(try bodies.map(browser.text) == before)
      #expect(fragment.hasPrefix("#figure-1;class=apple;"))
      #expect(fragment.contains(";scale=shared") && fragment.contains(";zoom=1.5,") && fragment.contains(";at="))
      #expect(try browser.holds("document.querySelector('#figure-1').getBoundingClientRect().top < innerHeight"))
      #expect(try browser.complaints() == [])
    }

    @Test("another address on the same page is followed; a plain one returns to the page's own")
    func followed() throws {
      try browser.openFigures(of: site, at: "#figure-1;class=apple")
      try browser.open(site.address("figures.html", by: .file) + "#figure-1;scale=shared")
      #expect(try value("class") == "mug")
      #expect(try value("scale") == "shared")
      try browser.click("#figure-1 > figcaption .anchor")
      #expect(try value("scale") == "own")
      try browser.open(site.address("figures.html", by: .file) + "#figure-1-3")
      #expect(try browser.holds("document.querySelector('#figure-1-3').checkVisibility()"))
      #expect(try value("class") == "light bulb")
    }

    @Test(
      "an address that makes no sense breaks nothing",
      arguments: [
        "#figure-1;class=nothing;scale=;opacity=NaN;zoom=a,b;at=7",
        "#figure-1;zoom=1e9,1e9,-1e9;threshold=-1;colormap=constructor",
        "#figure-1;%;=;class=%ZZ;__proto__=1;at=0.5,0.5,0.5", "#figure-9;class=mug", "#;", "#figure-1-9", "#%",
        "#figure-1;zoom=;colormap=<b>;cells=sharp;contour=line",
      ])
    func nonsense(fragment: String) throws {
      try browser.openFigures(of: site, at: fragment)
      #expect(try browser.holds("document.querySelectorAll('form.controls').length === 3"))
      try browser.hover("#figure-2-1-grad-cam .view", at: Place(0.3, 0.6))
      let map = try site.maps("figures", 2)[0]
      #expect(try browser.chip(in: map.panel) == map.reading(at: Place(0.3, 0.6)))
      #expect(try browser.complaints() == [])
    }
  }
}
