import Diagnostics
import Testing

@testable import Site

@Suite("Addresses that run something do not stand in a page")
struct WebAddressTests {
  private static let place = SourceLocation(file: "a.md", line: 3)

  private func fault(_ address: String, isImage: Bool = false) -> String? {
    do throws(Diagnostic) {
      try WebAddress.check(address, isImage: isImage, at: Self.place)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "schemes that run or open something are refused, however they are written",
    arguments: [
      ("javascript:alert(1)", "javascript"), ("JavaScript:alert(1)", "javascript"),
      (" javascript:alert(1)", "javascript"),
      ("data:text/html,x", "data"), ("vbscript:x", "vbscript"), ("file:///etc/passwd", "file"), ("blob:x", "blob"),
      ("javascript://example.org/%0Aalert(1)", "javascript"), ("view-source:x", "view-source"), ("notes:x", "notes"),
    ])
  func refused(address: String, scheme: String) {
    #expect(
      fault(address)
        == "a.md:3: error: An address that begins with `\(scheme):` must not stand in a page. "
        + "Use https:, mailto: or tel:; write ./ before a file whose name has a colon.")
  }

  @Test(
    "control characters, which browsers leave out before they read a scheme, are refused",
    arguments: ["java\tscript:alert(1)", "java\nscript:alert(1)", "\u{1}javascript:alert(1)", "https://a\u{7F}b"])
  func control(address: String) throws {
    #expect(try #require(fault(address)).contains("holds the control character U+00"))
    #expect(WebAddress.scheme(of: address) == (address.hasPrefix("https") ? "https" : "javascript"))
  }

  @Test(
    "addresses of the web, of people, and of files stay",
    arguments: [
      "https://example.org/a?b=c#d", "HTTP://example.org", "mailto:a@example.org", "tel:+491234", "doi:10.1/x",
      "a.html",
      "./a:b.md", "../a", "#part", "?q", "", "//example.org", "a/b:c", "1:2", ":x", "ü:x",
    ])
  func allowed(address: String) {
    #expect(fault(address) == nil)
  }

  @Test("a picture may be written into its address, but not one that holds a script")
  func pictures() {
    #expect(fault("data:image/png;base64,AAAA", isImage: true) == nil)
    #expect(fault("data:image/png;base64,AAAA") != nil)
    #expect(fault("data:image/svg+xml,<svg/>", isImage: true) != nil)
    #expect(fault("data:text/html,x", isImage: true) != nil)
  }

  @Test(
    "links, images, references and automatic links of Markdown are asked, with HTML passed on too",
    arguments: [
      "[x](javascript:alert(1))", "![x](javascript:alert(1))", "<javascript:alert(1)>", "[x]\n\n[x]: vbscript:x",
      "[x](&#106;avascript:alert(1))", "[x](<JAVASCRIPT:alert(1)>)", "[x](data:text/html,x)",
    ])
  func markdown(markdown: String) throws {
    for head in ["---\ntitle: A\n---\n", "---\ntitle: A\nraw_html: true\n---\n"] {
      #expect(try ContentFixture.faults(inExperiment: head + markdown + "\n").contains("must not stand in a page"))
    }
  }

  @Test(
    "menus are asked",
    arguments: ["javascript:alert(1)", "\"java\\tscript:alert(1)\"", "data:text/html,x", "\" VBScript:x\""])
  func navigation(link: String) throws {
    let faults = try ContentFixture.faults(["site.yml": "title: S\nnavigation:\n  - {title: A, link: \(link)}\n"])
    #expect(faults.hasPrefix("content/site.yml:3:"))
    #expect(faults.contains("must not stand in a page") || faults.contains("holds the control character U+0009"))
  }
}
