import Testing

@testable import Site

@Suite("No two tags have one page")
struct TagSlugsTests {
  private func paths(_ tags: [String]) -> [String] {
    let slugs = TagSlugs(tags)
    return tags.map(slugs.path)
  }

  @Test(
    "a page is called by its tag’s words where no other has the same",
    arguments: [
      ("Big cats", "big-cats"), ("dogs", "dogs"), ("고양이 사진", "고양이-사진"), ("Größe", "größe"), ("3D", "3d"),
      ("it's", "its"), ("a/b: c", "a-b-c"), ("../x", "x"),
    ])
  func plain(tag: String, slug: String) {
    #expect(paths([tag, "other"]) == ["tags/\(slug).html", "tags/other.html"])
  }

  @Test("tags of the same letters, or of none, are told apart by their spelling, in any order")
  func alike() throws {
    let tags = ["C", "C++", "C#", "c", "😀", "😺", "plain"]
    let found = paths(tags)
    #expect(Set(found.map { $0.lowercased() }).count == tags.count)
    #expect(paths(tags.reversed()) == found.reversed())
    #expect(found.last == "tags/plain.html")
    for path in found.prefix(4) { #expect(path.contains(#/^tags/c-[0-9a-f]{6}\.html$/#)) }
    for path in found[4...5] { #expect(path.contains(#/^tags/tag-[0-9a-f]{6}\.html$/#)) }
  }

  @Test("a tag that is spelt like another’s page gets one of its own")
  func adversarial() throws {
    let slug = try #require(paths(["C", "c"])[0].split(separator: "/").last?.dropLast(".html".count))
    let found = paths([String(slug), "C", "c"])
    #expect(Set(found).count == 3)
    #expect(found[0] == "tags/\(slug).html")
  }

  @Test("a tag of any length has a page that file systems can hold")
  func long() {
    let tags = [("고", 300), ("고", 301), ("x", 300)].map { String(repeating: $0.0, count: $0.1) }
    let found = paths(tags)
    #expect(Set(found).count == 3)
    #expect(found.allSatisfy { $0.utf8.count < 160 })
  }
}
