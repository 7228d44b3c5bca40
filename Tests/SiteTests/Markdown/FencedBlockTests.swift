import Diagnostics
import Testing

@testable import Site

@Suite("Explain blocks are found in Markdown")
struct FencedBlockTests {
  @Test(
    "explain blocks are found at any depth, with the places of their keys",
    arguments: [
      ("```explain\na: 1\n```\n", 1, "2:1"),
      ("Text.\n\n~~~ explain really\na: 1\n~~~\n", 3, "4:1"),
      ("- item\n\n  ```explain\n  a: 1\n  ```\n", 3, "4:3"),
      ("> > ```explain\n> > a: 1\n> > ```\n", 1, "2:5"),
      ("1. > - ```explain\n   >   a: 1\n", 1, "2:8"),
      ("   ```explain\n   a: 1\n   ```\n", 1, "2:4"),
    ] as [(String, Int, String)])
  func explainBlocks(markdown: String, line: Int, place: String) throws {
    let source = MarkdownSource(file: "a.md", text: markdown)
    let blocks = FencedBlock.all(in: MarkdownTree(parsing: markdown), of: source)
    let block = try #require(blocks.first)
    #expect(blocks.count == 1)
    #expect(block.yaml == "a: 1\n")
    #expect(block.location == SourceLocation(file: "a.md", line: line))
    #expect(block.origin.location(line: 1, column: 1).description == "a.md:\(place)")
  }

  @Test(
    "other code blocks are none",
    arguments: ["```\na: 1\n```\n", "```plain\n```\n", "```plaintext\n```\n", "    explain\n", "`explain`\n"])
  func otherBlocks(markdown: String) {
    let source = MarkdownSource(file: "a.md", text: markdown)
    #expect(FencedBlock.all(in: MarkdownTree(parsing: markdown), of: source).isEmpty)
  }

  @Test(
    "a fence word that looks like explain is a fault, for the block would be shown as code",
    arguments: ["explian", "Explain", "explained", "{explain}", "exlpain", "explain:"])
  func misspelt(word: String) {
    let markdown = "Text.\n\n- item\n\n  ```\(word) x\n  image: a.png\n  ```\n"
    let found = FencedBlock.misspelt(
      in: MarkdownTree(parsing: markdown), of: MarkdownSource(file: "a.md", text: markdown))
    #expect(
      found == [
        .error(
          "“\(word)” is not a kind of block, and would be shown as code.", at: SourceLocation(file: "a.md", line: 5),
          hint: "Did you mean “explain”?")
      ])
  }
}
