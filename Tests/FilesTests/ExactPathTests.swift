import Files
import Testing

@Suite("Names are told apart byte by byte")
struct ExactPathTests {
  private let composed = "caf\u{e9}.png"
  private let decomposed = "cafe\u{301}.png"

  @Test("two spellings of one accent are two names, though one string to Swift")
  func spellings() {
    #expect(composed == decomposed)
    #expect(ExactPath(composed) != ExactPath(decomposed))
    #expect(Set([ExactPath(composed), ExactPath(decomposed), ExactPath(String(composed))]).count == 2)
    #expect([ExactPath(composed): 1][ExactPath(decomposed)] == nil)
    #expect([ExactPath(composed): 1][ExactPath("caf" + "\u{e9}" + ".png")] == 1)
  }

  @Test("names are sorted by their bytes")
  func order() {
    #expect(
      [composed, decomposed, "a", "Z", ""].map(ExactPath.init).sorted().map(\.path.utf8.count) == [0, 1, 1, 10, 9])
    #expect(ExactPath(decomposed) < ExactPath(composed))
    #expect(!(ExactPath(composed) < ExactPath(decomposed)))
  }
}
