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

  @Test("Sizes beyond the limit are refused before anything is allocated", arguments: [(1 << 28) + 1, .max])
  func huge(width: Int) {
    let height = 2
    #expect(
      throws: Diagnostic.error(
        "The picture has \(width) × \(height) pixels; at most 268435456 can be handled.",
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

  @Test("A box is drawn inside its edge, between two contrasting lines")
  func box() throws {
    let gray = try Image(width: 9, height: 7, pixels: [UInt8](repeating: 100, count: 9 * 7 * 3))
    let boxed = gray.drawing(box: Rect(x: 1, y: 1, width: 7, height: 5), color: (255, 200, 0), thickness: 1)
    let rows = (0..<7).map { y in
      (0..<9).map { x in
        switch boxed[x, y] {
        case (255, 200, 0)?: "#"
        case (0, 0, 0)?: "o"
        case (100, 100, 100)?: "."
        default: "?"
        }
      }.joined()
    }
    #expect(
      rows == [
        "ooooooooo",
        "o#######o",
        "o#ooooo#o",
        "o#o...o#o",
        "o#ooooo#o",
        "o#######o",
        "ooooooooo",
      ])
  }

  @Test("A dark box has white lines, and a box beyond the picture shows its inner part")
  func darkBox() throws {
    let gray = try Image(width: 4, height: 4, pixels: [UInt8](repeating: 100, count: 48))
    let boxed = gray.drawing(box: Rect(x: -9, y: 2, width: 12, height: 9), color: (0, 0, 90), thickness: 0)
    let column = (0..<4).map { boxed[0, $0]?.red }
    #expect(column == [100, 255, 0, 255])
    #expect(gray.drawing(box: Rect(x: 50, y: 50, width: 3, height: 3), color: (0, 0, 0), thickness: 3) == gray)
  }
}
