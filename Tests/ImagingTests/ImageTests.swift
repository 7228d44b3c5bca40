import Diagnostics
import Imaging
import Testing

@Suite("Images")
struct ImageTests {
  @Test("A wrong count of samples is refused")
  func wrongCount() {
    #expect(throws: Diagnostic.error("A picture of 2 × 1 pixels has 6 samples, not 5.")) {
      try Image(width: 2, height: 1, pixels: [1, 2, 3, 4, 5])
    }
  }

  @Test("Impossible sizes are refused", arguments: [(0, 3), (3, 0), (-1, -1)])
  func empty(width: Int, height: Int) {
    #expect(throws: Diagnostic.error("A picture of \(width) × \(height) pixels has no content.")) {
      try Image(width: width, height: height, pixels: [])
    }
  }

  @Test("Sizes beyond the limit are refused before anything is allocated", arguments: [(1 << 27) + 1, .max])
  func huge(width: Int) {
    let height = 2
    #expect(
      throws: Diagnostic.error(
        "The picture has \(width) × \(height) pixels; at most 134217728 can be handled.",
        hint: "Shrink it: no network sees more than a thousand pixels a side.")
    ) {
      try Image(width: width, height: height, pixels: [])
    }
  }

  @Test("A subscript gives the colour at a column and row")
  func colorAt() throws {
    let image = try testPicture(width: 3, height: 2)
    #expect(image[2, 1].map { $0 == (5, 0, 7) } == true)
    #expect(image[3, 0] == nil)
    #expect(image[0, -1] == nil)
  }
}
