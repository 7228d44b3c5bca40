import Testing

@testable import Site

@Suite("Paths from folder to folder")
struct RelativePathTests {
  @Test(
    "paths are resolved and never climb out",
    arguments: [
      ("b", "a", "a/b"), ("../b", "a", "b"), ("./b//c", "", "b/c"), ("/b", "a", "b"), ("../../b", "a", nil),
      ("a/../..", "", nil), ("/../a", "x", nil), ("../\u{301}b", "", nil), ("a/\u{301}/../c", "", "a/c"),
    ] as [(String, String, String?)])
  func resolve(path: String, folder: String, result: String?) {
    #expect(RelativePath.resolve(path, in: folder) == result)
  }

  @Test("a slash with an accent behind it is a slash all the same")
  func accents() {
    #expect(RelativePath.folder(of: "a/\u{301}b/c").utf8.elementsEqual("a/\u{301}b".utf8))
    #expect(RelativePath.name(of: "a/\u{301}b").utf8.elementsEqual("\u{301}b".utf8))
    #expect(RelativePath.toTop(from: "a/\u{301}b/c") == "../../")
  }

  @Test(
    "links are relative and percent-encoded",
    arguments: [
      ("index.html", "index.html", "index.html"), ("a/b.html", "index.html", "a/b.html"),
      ("index.html", "a/b.html", "../index.html"), ("a/c.html", "a/b.html", "c.html"),
      ("x/y.html", "a/b/c.html", "../../x/y.html"), ("a b/ü?.png", "i.html", "a%20b/%C3%BC%3F.png"),
    ])
  func link(target: String, path: String, link: String) {
    #expect(RelativePath.link(to: target, from: path) == link)
  }
}
