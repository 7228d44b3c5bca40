import Diagnostics
import Testing

@testable import Site

@Suite("Addresses that a page had before")
struct AliasTests {
  private func page(_ aliases: String) -> [String: String?] {
    ["pages/new.md": "---\ntitle: New & better\naliases: \(aliases)\n---\n"]
  }

  private func aliases(_ written: String) throws -> [String]? {
    let (content, faults) = try ContentFixture(page(written)).load()
    #expect(faults == "")
    return content?.pages.first?.aliases.map(\.value)
  }

  @Test(
    "are paths from the site’s address: of files, of folders, or without an ending",
    arguments: [
      ("old/page.html", ["old/page.html"]), ("/old/page.html", ["old/page.html"]),
      ("/another/", ["another/index.html"]),
      ("another", ["another/index.html"]), ("[a.htm, b/c/]", ["a.htm", "b/c/index.html"]),
      ("old%20name.html", ["old name.html"]), ("이전/고양이.html", ["이전/고양이.html"]),
    ])
  func paths(written: String, expected: [String]) throws {
    #expect(try aliases(written) == expected)
  }

  @Test(
    "what no page of this site can be is a fault",
    arguments: [
      (
        "https://example.org/old.html",
        "3:10: error: The alias “https://example.org/old.html” is an absolute address, and only this site’s own can be told "
          + "to lead on. Write what follows the site’s address, such as `old/page.html`."
      ),
      (
        "//example.org/old.html",
        "3:10: error: The alias “//example.org/old.html” is an absolute address, and only this site’s own can be told to "
          + "lead on. Write what follows the site’s address, such as `old/page.html`."
      ),
      (
        "../old.html",
        "3:10: error: The alias “../old.html” leads out of its folder. Write the path from the site’s address, without `..`."
      ),
      (
        "a/%2e%2e/old.html",
        "3:10: error: The alias “a/%2e%2e/old.html” leads out of its folder. Write the path from the site’s address, without "
          + "`..`."
      ),
      (
        "old.html?page=1",
        "3:10: error: The alias “old.html?page=1” is no path of a page. Write one without `?`, `#` and `\\`, such as `old/page.html`."
      ),
      ("/", "3:10: error: The alias “/” is no path of a page. Write one such as `old/page.html`."),
      ("a//b.html", "3:10: error: The alias “a//b.html” is no path of a page. Write one such as `old/page.html`."),
      ("old.php", "3:10: error: The alias “old.php” would not be sent as a page. End it with `.html` or `/`."),
      ("50%.html", "3:10: error: The alias “50%.html” is not percent-encoded text. Write `%25` for a percent sign."),
      ("[]", "3:10: error: “aliases” is an empty list. Give it a value or remove the line."),
      ("[a, /a/]", "3:14: error: “aliases” names the same thing twice. Remove one of them."),
    ])
  func faults(written: String, expected: String) throws {
    #expect(try ContentFixture.faults(page(written)) == "content/pages/new.md:\(expected)")
  }

  private func clashes(_ changes: [String: String?]) throws -> String {
    let content = try #require(try ContentFixture(changes).load().content)
    var faults = DiagnosticList()
    SiteRenderer(content: content, templates: try SampleSite.templates(), figures: [:]).checkOutputs(&faults)
    return faults.description
  }

  @Test("an address that is taken is a fault at its place, whoever has it")
  func taken() throws {
    let other = "---\ntitle: Other\n---\n"
    func expect(_ alias: String, _ path: String, of owner: String) throws {
      let files = page(alias).merging(["pages/other.md": other, "experiments/e.md": other]) { $1 }
      #expect(
        try clashes(files)
          == "content/pages/new.md:3:10: error: The alias “\(path)” is the address of \(owner). Remove it, or choose another."
      )
    }
    try expect("Other.html", "Other.html", of: "content/pages/other.md")
    try expect("new.html", "new.html", of: "content/pages/new.md")
    try expect("index.html", "index.html", of: "content/index.md")
    try expect("404.html", "404.html", of: "the page for wrong addresses")
    try expect("experiments.html", "experiments.html", of: "the list of experiments")
    try expect("search.html", "search.html", of: "the page for searching")
  }

  @Test("so is one that two pages give")
  func twice() throws {
    let two = page("old.html").merging(["pages/other.md": "---\ntitle: Other\naliases: [x.html, OLD.html]\n---\n"]) {
      $1
    }
    #expect(
      try clashes(two)
        == "content/pages/other.md:3:19: error: The alias “OLD.html” is the address of content/pages/new.md:3:10. Remove it, "
        + "or choose another.")
  }

  @Test("a file in the place of its folder is a fault, too")
  func folder() throws {
    #expect(
      try clashes(page("new.html/"))
        == "error: content/pages/new.md would be written to new.html, which must be a folder for new.html/index.html. Rename "
        + "one of them.")
  }

  @Test("each gets a page that leads on and is not found by search engines", arguments: [true, false])
  func redirect(hasAddress: Bool) throws {
    let site = "title: Site\n" + (hasAddress ? "url: https://example.org/g/\n" : "")
    let files = try SampleSite.render(
      page("[old/page.html, /another/]").merging([
        "site.yml": site,
        "models/net.md": ContentFixture.valid["models/net.md"]?.replacing(
          "title: Net", with: "title: Net\naliases: net"),
      ]) { $1 })
    let text = try #require(files["old/page.html"])
    #expect(text.contains("<meta http-equiv=\"refresh\" content=\"0; url=../new.html\">"))
    #expect(
      text.contains(
        "<link rel=\"canonical\" href=\"\(hasAddress ? "https://example.org/g/new.html" : "../new.html")\">"))
    #expect(text.contains("<meta name=\"robots\" content=\"noindex\">"))
    #expect(text.contains("<a href=\"../new.html\">This page has moved to “New &amp; better”.</a>"))
    #expect(files["another/index.html"]?.contains("url=../new.html") == true)
    #expect(files["net/index.html"]?.contains("url=../models/net.html") == true)
    #expect(files["sitemap.xml"]?.contains("old/page.html") != true)
    #expect(files["search-index.js"]?.contains("old/page.html") == false)
  }

  @Test("those of drafts are not there")
  func drafts() throws {
    let files = try SampleSite.render(["pages/d.md": "---\ntitle: D\ndraft: true\naliases: old.html\n---\n"])
    #expect(files["old.html"] == nil)
  }
}
