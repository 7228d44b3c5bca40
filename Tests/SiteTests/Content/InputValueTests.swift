import Diagnostics
import Foundation
import Site
import Testing

@Suite("Blocks give networks what they read beside the picture, and ask about any number that comes out")
struct InputValueTests {
  private func block(_ yaml: String) -> String {
    "---\ntitle: A\nmodel: net\nimage: photo.png\n---\n```explain\n\(yaml)\n```\n"
  }

  private func requests(_ yaml: String) throws -> [ExplainRequest] {
    try ContentFixture.requests(inExperiment: block(yaml))
  }

  @Test("a text, a number, a list of numbers and a file are one value each")
  func values() throws {
    let given = try #require(
      try requests("classes: cat\ninputs:\n  question: how many dice?\n  scale: 0.5\n  state: [0, 1, -2]").first
    ).inputs
    #expect(given.map(\.name.value) == ["question", "scale", "state"])
    #expect(given.map(\.value.value) == [.text("how many dice?"), .numbers([0.5]), .numbers([0, 1, -2])])
    #expect(given[0].value.location == SourceLocation(file: "content/experiments/a.md", line: 9, column: 13))
  }

  @Test("a list of texts makes a part each, and several inputs all of their combinations")
  func combinations() throws {
    let parts = try requests("top: 1\ninputs:\n  question: [one?, two?]\n  state: [[0, 1], [1, 0]]")
    #expect(
      parts.map { $0.inputs.map(\.value.value) } == [
        [.text("one?"), .numbers([0, 1])], [.text("one?"), .numbers([1, 0])], [.text("two?"), .numbers([0, 1])],
        [.text("two?"), .numbers([1, 0])],
      ])
    #expect(parts.map(\.id.part) == [1, 2, 3, 4])
  }

  @Test(
    "targets stand beside classes or alone, and what a block asks about takes the place of what its page asks about")
  func subjects() throws {
    let both = try #require(try requests("classes: cat\ntarget: words[3, mug]").first)
    #expect(both.subjects.classes != nil)
    #expect(both.subjects.targets.map(\.value.text) == ["words[3, mug]"])
    let page = "---\ntitle: A\nmodel: net\nimage: photo.png\nclasses: cat\n---\n"
    let alone = try ContentFixture.requests(
      inExperiment: page + "```explain\ntarget:\n  - words[0,1]\n  - words[tokens]\n```\n")
    #expect(alone.first?.subjects.classes == nil)
    #expect(alone.first?.subjects.targets.map(\.value.text) == ["words[0,1]", "words[tokens]"])
  }

  @Test(
    "what cannot be given is told where it stands",
    arguments: [
      (
        "inputs: {q: [[1, a], 2]}", "8:14: error: The input “q” is given a list of something other than numbers."
      ),
      ("inputs: {q: []}", "8:13: error: The input “q” is given no value."),
      ("inputs: {q: [a, a]}", "8:17: error: The input “q” is given the same thing twice. Remove one of them."),
      ("inputs: {q: none.npy}", "8:13: error: There is no array “none.npy” in content/experiments."),
      ("inputs: words", "8:9: error: “inputs” must be lines of `key: value`, not a single value."),
      ("target: scores=none.npy", "8:9: error: There is no array “none.npy” in content/experiments."),
      ("target: [a, a]", "8:13: error: “target” names the same thing twice. Remove one of them."),
    ])
  func refusals(yaml: String, fault: String) throws {
    let fixture = try ContentFixture(["experiments/a.md": block("classes: cat\n" + yaml)])
    #expect(fixture.load().faults.contains("content/experiments/a.md:" + fault))
  }
}
