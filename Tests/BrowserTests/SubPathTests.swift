import Foundation
import Testing

extension BrowserSuite {
  @Suite("Below a path of a host")
  struct SubPathTests {
    private let site: PublishedSite
    private let browser: Browser

    init() throws {
      site = try PublishedSite()
      browser = try Room.entered().browser
    }

    /// What a page leads to or loads and what is not there; places on pages too.
    private func missing(from page: String) throws -> [String] {
      try browser.open(site.address(page))
      return try browser.run(
        """
        const named = [...document.querySelectorAll("[href], [src]")].map((one) => one.href || one.src)
          .filter((address) => new URL(address).origin === location.origin);
        const found = [];
        for (const address of new Set(named)) {
          const request = new XMLHttpRequest();
          request.open("GET", address.split("#")[0], false);
          request.send();
          const id = decodeURIComponent(new URL(address).hash.slice(1));
          const there = request.status === 200 && new URL(address).pathname.startsWith("\(PublishedSite.path)")
            && (!id || new DOMParser().parseFromString(request.responseText, "text/html").getElementById(id));
          if (!there) found.push(address);
        }
        return found;
        """)
    }

    @Test("every link, picture, style and script of every page is there")
    func links() throws {
      let pages = try site.files.filter {
        $0.hasSuffix(".html") && !["old/mug.html", "earlier/index.html"].contains($0)
      }
      #expect(pages.count == 11)
      for page in pages { #expect(try missing(from: page) == [], "\(page)") }
      #expect(try browser.complaints() == [])
    }

    @Test("an earlier address leads to its page, with the script and without", arguments: [true, false])
    func aliases(runsScripts: Bool) throws {
      let browser = runsScripts ? browser : try Browser(runsScripts: false)
      for alias in ["old/mug.html", "earlier/", "earlier/index.html"] {
        try browser.open(site.address(alias))
        for _ in 0..<100 where try !browser.text("location.pathname").hasSuffix("experiments/mug.html") {
          usleep(50_000)
        }
        #expect(try browser.text("location.pathname") == PublishedSite.path + "experiments/mug.html")
        #expect(try browser.text("document.querySelector('h1').textContent") == "Mug or apple?")
      }
    }

    @Test(
      "a wrong address, however deep, shows the page for it, whose links lead back", arguments: ["no", "a/b/c/no.html"])
    func wrong(address: String) throws {
      #expect(try missing(from: address).filter { !$0.contains("#main") } == [])
      #expect(try browser.text("document.querySelector('h1').textContent") == "Page not found")
      try browser.click("h1 + p a")
      #expect(try browser.text("location.pathname") == PublishedSite.path + "index.html")
    }

    @Test("the feed, the site map and the preview of a page have the whole address")
    func feed() throws {
      try browser.open(site.address("index.html"))
      func addresses(_ file: String, _ expression: String) throws -> [String] {
        try browser.run(
          """
          const request = new XMLHttpRequest();
          request.open("GET", document.querySelector("link[rel=stylesheet]").href.replace("style.css", "\(file)"), false);
          request.send();
          return request.responseText.match(/\(expression)/g);
          """)
      }
      let feed = try addresses("feed.xml", "https:[^\"<]*")
      #expect(feed.contains("https://example.org/a/b/experiments/cafe.html"))
      #expect(feed.filter { $0.contains("example.org") && !$0.hasPrefix("https://example.org/a/b/") } == [])
      let map = try addresses("sitemap.xml", "https:[^\"<]*")
      #expect(map.contains("https://example.org/a/b/cat.html"))
      #expect(map.filter { $0.contains("mug") } == ["https://example.org/a/b/experiments/mug.html"])
      #expect(try addresses("robots.txt", "https:.*") == ["https://example.org/a/b/sitemap.xml"])
      #expect(
        try browser.text("document.querySelector('link[rel=canonical]').href") == "https://example.org/a/b/")
    }
  }
}
