import Testing

@testable import Files

@Suite("Paths are taken apart and put together as text")
struct PathTextTests {
  @Test(
    "the folder and the name of a path, however short",
    arguments: [
      ("", "", ""), (".", "", "."), ("a", "", "a"), ("/", "", ""), ("/a", "/", "a"), ("a/b", "a", "b"),
      ("a/b/", "a", "b"), ("a//b", "a", "b"), ("//a", "/", "a"), ("../a", "..", "a"), ("é/ü", "é", "ü"),
      ("a/\u{301}b", "a", "\u{301}b"),
    ])
  func parts(path: String, folder: String, name: String) {
    #expect(PathText.folder(of: path) == folder)
    #expect(PathText.name(of: path) == name)
  }

  @Test(
    "parts are joined by one slash",
    arguments: [
      ("a", "b", "a/b"), ("a/", "b", "a/b"), ("", "b", "b"), ("a", "", "a"), ("/", "b", "/b"), (".", "b", "./b"),
    ])
  func join(folder: String, name: String, path: String) {
    #expect(PathText.join(folder, name) == path)
  }

  @Test("paths are equal where their bytes are, not where they look alike")
  func exact() {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed)
    #expect(ExactPath(composed) != ExactPath(decomposed))
    #expect(Set([ExactPath(composed), ExactPath(decomposed), ExactPath(composed)]).count == 2)
    #expect(ExactPath(decomposed) < ExactPath(composed))
  }
}
