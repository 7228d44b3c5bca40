import Foundation
import TestSupport
import Testing

@Suite("The address that a build is given")
struct SiteAddressTests {
  @Test("takes the place of that in site.yml wherever one is needed, and another one is another site")
  func address() throws {
    let site = try SmallSite(pages: 1)
    try site.folder.write("title: Site\nurl: https://example.org/here/\n", to: "content/site.yml")
    func build(_ address: String) throws -> (map: String, notFound: String) {
      let outcome = try Program.run(["build", "--url", address], in: site.url)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return (
        try String(contentsOfFile: site.folder.path("public/sitemap.xml"), encoding: .utf8),
        try String(contentsOfFile: site.folder.path("public/404.html"), encoding: .utf8)
      )
    }
    let (map, notFound) = try build("https://user.example.net/gallery")
    #expect(map.contains("<loc>https://user.example.net/gallery/p0.html</loc>"))
    #expect(!map.contains("example.org"))
    #expect(notFound.contains("href=\"/gallery/style.css\""))
    #expect(try build("http://other.example.net/").map.contains("<loc>http://other.example.net/p0.html</loc>"))
  }

  @Test(
    "must be one that a site can have",
    arguments: [
      "example.org", "ftp://example.org/", "https://", "https://example.org/?page=1", "https://example.org/#top",
    ])
  func fault(address: String) throws {
    let site = try SmallSite(pages: 1)
    let outcome = try Program.run(["build", "--url", address], in: site.url)
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.hasPrefix(
        "Error: --url must be an address like https://example.org/gallery/, not “\(address)”."), "\(outcome.errors)")
    #expect(try site.names() == ["content", "templates"])
  }
}
