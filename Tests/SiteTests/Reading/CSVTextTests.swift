import Testing

@testable import Site

@Suite("Lines of cells")
struct CSVTextTests {
  private func cells(_ text: String) -> [[String]] { CSVText(text).rows.map(\.cells) }

  @Test("blanks around cells, blank lines and a mark at the beginning do not count")
  func plain() {
    #expect(cells("\u{FEFF}a, b ,c\r\n\r\n1,,3\n") == [["a", "b", "c"], ["1", "", "3"]])
    #expect(CSVText("a\n\nb").rows.map(\.line) == [1, 3])
    #expect(cells("") == [] && cells("\n\n") == [])
  }

  @Test("a cell in quotes holds commas, quotes and ends of lines")
  func quoted() {
    #expect(cells("\"a, b\",\"say \"\"no\"\"\"\n\"two\nlines\",x") == [["a, b", "say \"no\""], ["two\nlines", "x"]])
    #expect(CSVText("\"two\nlines\",x\ny,z").rows.map(\.line) == [1, 3])
  }
}
