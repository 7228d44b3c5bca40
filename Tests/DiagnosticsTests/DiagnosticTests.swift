@testable import Diagnostics
import Testing

@Suite("Diagnostics read like a compiler's")
struct DiagnosticTests {
  @Test(
    "location, severity, summary and hint stand on one line",
    arguments: [
      (
        Diagnostic.error(
          "class “tigre cat” is not a label of squeezenet.",
          at: SourceLocation(file: "content/a.md", line: 14, column: 10), hint: "Did you mean “tiger cat”?"),
        "content/a.md:14:10: error: class “tigre cat” is not a label of squeezenet. Did you mean “tiger cat”?"
      ),
      (.warning("no title.", at: SourceLocation(file: "a.md", line: 2)), "a.md:2: warning: no title."),
      (.error("missing file.", at: SourceLocation(file: "a.md")), "a.md: error: missing file."),
      (.error("no content folder."), "error: no content folder."),
    ])
  func rendering(diagnostic: Diagnostic, text: String) {
    #expect(diagnostic.description == text)
  }

  @Test("a list is printed by place, keeps a repeated diagnostic once, and is thrown only for errors")
  func list() throws {
    var list = DiagnosticList()
    list.append(.warning("later.", at: SourceLocation(file: "b.md", line: 1)))
    list.append(.warning("second.", at: SourceLocation(file: "a.md", line: 10, column: 2)))
    list.append(.warning("first.", at: SourceLocation(file: "a.md", line: 9, column: 7)))
    list.append(.warning("first.", at: SourceLocation(file: "a.md", line: 9, column: 7)))
    #expect(
      list.description
        == "a.md:9:7: warning: first.\na.md:10:2: warning: second.\nb.md:1: warning: later.")
    try list.throwIfErrors()
    list.append(.error("stop."))
    #expect(throws: DiagnosticList.self) { try list.throwIfErrors() }
    #expect(list.description.hasPrefix("error: stop.\n"))
  }

  @Test("collecting goes on after a fault and gives it a place")
  func collecting() throws {
    var list = DiagnosticList()
    let place = SourceLocation(file: "a.md", line: 3)
    let value: Int? = try list.collect(at: place) { throw Diagnostic.error("bad.") }
    #expect(value == nil)
    let next: Int? = list.collect { 4 }
    #expect(next == 4)
    #expect(list.all == [.error("bad.", at: place)])
  }
}

@Suite("Suggestions")
struct SuggestionTests {
  @Test(
    "the nearest name is offered, and none when nothing is near",
    arguments: [
      ("tigre cat", "tiger cat"), ("Grad-cam", "grad-cam"), ("gradcam", "grad-cam"), ("zebra", nil),
    ])
  func nearest(word: String, expected: String?) {
    #expect(Suggestion.nearest(to: word, in: ["tiger cat", "boxer", "grad-cam", "guided-grad-cam"]) == expected)
  }

  @Test("a swap of neighbours is one edit")
  func swap() {
    #expect(Suggestion.editDistance(Array("tigre".unicodeScalars), Array("tiger".unicodeScalars)) == 1)
  }

  @Test("few candidates are listed when none is near")
  func listing() {
    #expect(Suggestion.hint(for: "xyz", in: ["png", "jpeg"]) == "Try one of: png, jpeg.")
    #expect(Suggestion.hint(for: "jpg", in: ["png", "jpeg"]) == "Did you mean “jpeg”?")
  }
}
