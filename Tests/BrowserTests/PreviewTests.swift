import Foundation
import Gallery
import Server
import TestSupport
import Testing

extension BrowserSuite {
  @Suite("A preview")
  struct PreviewTests {
    private static func page(_ words: String) -> String {
      "---\ntitle: Page\n---\n" + String(repeating: "A paragraph to scroll by.\n\n", count: 200)
        + "\(words)\n\n" + String(repeating: "A paragraph to scroll by.\n\n", count: 50)
    }

    /// Whether an expression comes true in the page within a while.
    private func comesTrue(_ expression: String, in browser: Browser) -> Bool {
      for _ in 0..<200 {
        // While a page is loaded there is nobody to ask.
        if (try? browser.holds(expression)) == true { return true }
        usleep(50_000)
      }
      return false
    }

    @Test("loads a page again where its reader was, shows faults over it, and takes them away")
    func edit() throws {
      let browser = try Room.entered().browser
      let folder = try TemporaryFolder()
      try folder.write("title: Site\n", to: "content/site.yml")
      try folder.copy(TabletopContent.templates, as: "templates")
      try folder.write(Self.page("Old words."), to: "content/pages/p.md")
      let options = BuildOptions(
        content: folder.path("content"), templates: folder.path("templates"), output: folder.path("public"),
        store: folder.path("store"))
      let server = try PreviewServer(options, port: 0) { _ in }
      defer { _ = server.stop(within: .seconds(60)) }

      try browser.open(server.address + "p.html")
      #expect(comesTrue("document.body.textContent.includes('Old words.')", in: browser))
      let _: Browser.Nothing = try browser.run("scrollTo({ top: 1200, behavior: 'instant' })")
      try browser.settle()
      #expect(try browser.holds("scrollY === 1200"))

      try folder.write(Self.page("New words."), to: "content/pages/p.md")
      #expect(comesTrue("document.body.textContent.includes('New words.') && scrollY === 1200", in: browser))

      try folder.write("---\ntitle: [\n---\n", to: "content/pages/p.md")
      let notice = "document.querySelector('body > .sitegen-faults')"
      #expect(comesTrue("\(notice)?.textContent.includes('content/pages/p.md:')", in: browser))
      // With its own style, and the page's below it.
      #expect(comesTrue("getComputedStyle(\(notice)).backgroundColor === 'rgb(141, 27, 27)'", in: browser))
      #expect(try browser.holds("document.body.textContent.includes('New words.')"))
      #expect(try browser.axeViolations().isEmpty)

      try folder.write(Self.page("Mended words."), to: "content/pages/p.md")
      #expect(comesTrue("!\(notice) && document.body.textContent.includes('Mended words.')", in: browser))
      // The page's own policy lets all of it be.
      #expect(try browser.complaints().filter { !$0.contains("favicon") && !$0.contains("503") } == [])
      try browser.open("about:blank")
    }
  }
}
