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
  }
}
