import Testing

@testable import Site

@Suite("Links from file to file")
struct RelativeLinkTests {
  @Test(
    "links are relative and percent-encoded",
    arguments: [
      ("index.html", "index.html", "index.html"), ("a/b.html", "index.html", "a/b.html"),
      ("index.html", "a/b.html", "../index.html"), ("a/c.html", "a/b.html", "c.html"),
      ("x/y.html", "a/b/c.html", "../../x/y.html"), ("a b/ü?.png", "i.html", "a%20b/%C3%BC%3F.png"),
    ])
  func link(target: String, path: String, link: String) {
    #expect(RelativeLink.to(target, from: path) == link)
  }
}
