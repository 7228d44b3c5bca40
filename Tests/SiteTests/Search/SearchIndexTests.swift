import Foundation
import Testing

@testable import Site

@Suite("The index in which pages are searched")
struct SearchIndexTests {
  /// The entries of an index, each a list as the script has it.
  private func entries(_ script: String) throws -> [[Any]] {
    let beginning = "globalThis.searchIndex="
    try #require(script.hasPrefix(beginning) && script.hasSuffix(";\n"))
    let json = Data(script.dropFirst(beginning.count).dropLast(2).utf8)
    return try #require(try JSONSerialization.jsonObject(with: json) as? [[Any]])
  }

  private func entries(_ files: [String: String?]) throws -> [[Any]] {
    try entries(try #require(try SampleSite.render(files)["search-index.js"]))
  }

  private func entry(ofPage text: String) throws -> [Any] {
    let all = try entries(["pages/page.md": text])
    return try #require(all.first { $0[0] as? String == "page.html" })
  }

  @Test("has every page of the content, with title, summary, tags, headings and words")
  func everything() throws {
    let all = try entries([:])
    #expect(
      all.map { $0[0] as? String }
        == [
          "index.html", "experiments/first.html", "experiments/second.html", "about.html", "models/net.html",
        ].map { $0 } || Set(all.compactMap { $0[0] as? String }).count == 5)
    let first = try #require(all.first { $0[0] as? String == "experiments/first.html" })
    #expect(first[1] as? String == "First <one>")
    #expect(first[2] as? String == "Cats & dogs.")
    #expect(first[3] as? [String] == ["Big cats"])
    // The classes and the caption first; “cats” stands in the summary, “one” in the title.
    #expect(first[5] as? String == "cat dog Two questions See second and photo")
    let second = try #require(all.first { $0[0] as? String == "experiments/second.html" })
    #expect(second[4] as? [[String]] == [["Heading", "heading"]])
  }

  @Test("has each word once, whatever its case and accents, without markup, code and what is told elsewhere")
  func words() throws {
    let page = try entry(
      ofPage: """
        ---
        title: The café
        ---
        Café, CAFE and *un*break**able** `inline` words; I a1 ﬁne — words.

        ## Grad-CAM

        The ｇｒａｄ of $x^2$ is 12.

        ```python
        hidden = True
        ```
        """)
    #expect(page[4] as? [[String]] == [["Grad-CAM", "grad-cam"]])
    #expect(page[5] as? String == "and unbreakable inline words a1 ﬁne of is 12")
  }

  @Test("words of Korean and Japanese are what stands between blanks and marks")
  func asian() throws {
    let page = try entry(ofPage: "---\ntitle: 고양이\n---\n네트워크가 고양이를 봅니다. 猫を見ています。犬も。\n")
    #expect(page[1] as? String == "고양이")
    #expect(page[5] as? String == "네트워크가 고양이를 봅니다 猫を見ています 犬も")
  }

  @Test("no text ends it or is markup")
  func hostile() throws {
    let title = "</script><b>\u{2028} \\ \" '"
    let page = try entry(ofPage: "---\ntitle: \"</script><b>\\L \\\\ \\\" '\"\n---\n# &#1;x\n")
    #expect(page[1] as? String == title)
    #expect(page[4] as? [[String]] == [["\u{FFFD}x", "x"]])
  }

  @Test("of a long text only the beginning counts")
  func long() throws {
    let words = (1...2000).map { "word\($0)" }.joined(separator: " ")
    let page = try entry(ofPage: "---\ntitle: Long\n---\n\(words)\n")
    let text = try #require(page[5] as? String)
    #expect(text.hasPrefix("word1 word2 word3 "))
    let letters = text.filter { $0 != " " }.count
    #expect((SearchWords.mostLetters..<SearchWords.mostLetters + 10).contains(letters))
  }

  @Test("stays below a megabyte for 1,000 experiments with as much to read as these documents")
  func size() throws {
    let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../docs/pages").standardizedFileURL
    let documents = try ["content", "evidence", "export", "compare", "start", "deploying"].map { name in
      try String(contentsOf: folder.appendingPathComponent("\(name).md"), encoding: .utf8)
    }
    let prose = documents.joined(separator: "\n").split(separator: "\n")
      .filter { $0.first?.isLetter == true && !$0.contains(":") }
    #expect(prose.count > 100)
    var files: [String: String?] = [:]
    for number in 0..<1000 {
      let text = (0..<20).map { String(prose[(number * 7 + $0) % prose.count]) }
      files["experiments/e\(number).md"] = """
        ---
        title: Experiment \(number), with a name
        summary: \(text[0].prefix(80).replacing("'", with: "’").replacing("#", with: ""))
        tags: [one tag, another]
        ---
        ## \(text[1].prefix(30))

        \(text.joined(separator: "\n"))
        """
    }
    let content = try #require(try ContentFixture(files).load().content)
    #expect(content.experiments.count == 1000)
    let script = try SearchIndex(content.allPages, PageLinker(path: "search.html")).script
    #expect(script.utf8.count < 1_000_000)
    #expect(script.utf8.count > 500_000)
  }

  @Test("addresses are as the page writes them that searches, whose folder may be another")
  func folders() throws {
    let content = try #require(
      try ContentFixture(["pages/페이지.md": "---\ntitle: 페이지\nslug: page\n---\n"]).load().content)
    let found = try entries(try SearchIndex(content.pages, PageLinker(path: "ko/search.html")).script)
    #expect(found.map { $0[0] as? String } == ["../page.html"])
  }
}
