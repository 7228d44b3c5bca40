import Testing

@testable import Site

@Suite("Tags that differ by case alone")
struct TagSpellingTests {
  private func page(_ tags: String) -> String { "---\ntitle: A\ntags: [\(tags)]\n---\n" }

  @Test("are told, with where each spelling stands and which is the commonest")
  func warning() throws {
    let faults = try ContentFixture.faults([
      "experiments/a.md": page("Cats"), "experiments/b.md": page("cats, dogs"), "experiments/c.md": page("cats"),
    ])
    #expect(
      faults
        == "content/experiments/a.md:3:1: warning: Tags differ by case alone, and have a page each: “cats” in "
        + "content/experiments/b.md, content/experiments/c.md, “Cats” in content/experiments/a.md. "
        + "Write “cats” everywhere.")
  }

  @Test("are none where letters differ", arguments: ["C, C++", "résumé, resume", "x, y"])
  func others(tags: String) throws {
    #expect(try ContentFixture.faults(["experiments/a.md": page(tags)]) == "")
  }
}
