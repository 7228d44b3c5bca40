import Testing

@testable import Site

@Suite("Every id stands once on a page")
struct PageIDsTests {
  @Test(
    "headings get ids of their words",
    arguments: [
      ("Why the cat?", "why-the-cat"), ("It's 2 × 2", "its-2-2"), ("Größe", "größe"), ("猫", "猫"), ("?!", "section"),
      ("ネコの目", "ネコの目"), ("고양이는 왜?", "고양이는-왜"), ("😀", "😀"), ("😀 Why?", "why"), ("#️⃣", "section"),
      ("a--b", "a-b"), ("\"><script>", "script"), ("Figure it out", "figure-it-out"),
    ])
  func words(heading: String, id: String) {
    var ids = PageIDs()
    #expect(ids.id(for: heading) == id)
  }

  @Test("headings of the same words are numbered, also beside headings that look numbered")
  func numbers() {
    var ids = PageIDs(reserved: ["main"])
    #expect(
      ["A", "a", "a-2", "A", "Main", "a 2"].map { ids.id(for: $0) } == ["a", "a-2", "a-2-2", "a-3", "main-2", "a-2-3"])
  }

  @Test("no heading takes the id of a figure or of its rows")
  func figures() {
    var ids = PageIDs()
    let found = ["Figure 1", "Figure 1-2", "Figure", "Figure", "Figure", "Figure 1"].map { ids.id(for: $0) }
    #expect(
      found == [
        "heading-figure-1", "heading-figure-1-2", "figure", "heading-figure-2", "heading-figure-3",
        "heading-figure-1-3",
      ])
    #expect(found.allSatisfy { PageIDs.figureNumber($0) == nil })
    #expect(PageIDs.figureNumber(PageIDs.figure(3)) == 3)
    #expect(PageIDs.figureNumber(PageIDs.row(2, ofFigure: 3)) == 3)
    #expect(PageIDs.figureNumber("figure-3-2-grad-cam") == 3)
    for id in ["figure", "figure-", "figure-a", "figure-1-a", "figure--1", "figures-1"] {
      #expect(PageIDs.figureNumber(id) == nil)
    }
  }

  @Test("ten thousand headings of the same words are as many ids")
  func many() {
    var ids = PageIDs()
    #expect(Set((0..<10_000).map { _ in ids.id(for: "A") }).count == 10_000)
  }
}
