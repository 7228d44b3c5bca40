import Foundation
import Imaging
import Testing

@Suite("Boxes")
struct BoxTests {
  @Test("A box is drawn inside its edge, between two contrasting lines")
  func solid() throws {
    let boxed = try gray(9, 7).drawing(
      box: Rect(x: 1, y: 1, width: 7, height: 5), style: BoxStyle(color: (255, 200, 0)), thickness: 1)
    #expect(
      rows(boxed) == [
        "ooooooooo",
        "o#######o",
        "o#ooooo#o",
        "o#o...o#o",
        "o#ooooo#o",
        "o#######o",
        "ooooooooo",
      ])
  }

  @Test("A dashed box has dashes at its corners and the picture in its gaps")
  func dashed() throws {
    let boxed = try gray(22, 14).drawing(
      box: Rect(x: 1, y: 1, width: 20, height: 12), style: BoxStyle(color: (255, 200, 0), isDashed: true), thickness: 1)
    #expect(
      rows(boxed) == [
        "ooooo....oooo....ooooo",
        "o####....####....####o",
        "o#ooo....oooo....ooo#o",
        "o#o................o#o",
        "o#o................o#o",
        "......................",
        "......................",
        "......................",
        "......................",
        "o#o................o#o",
        "o#o................o#o",
        "o#ooo....oooo....ooo#o",
        "o####....####....####o",
        "ooooo....oooo....ooooo",
      ])
  }

  @Test("Even a small dashed box has gaps")
  func smallDashed() throws {
    let boxed = try gray(6, 6).drawing(
      box: Rect(x: 0, y: 0, width: 6, height: 6), style: BoxStyle(color: (255, 200, 0), isDashed: true), thickness: 1)
    #expect(rows(boxed) == ["##..##", "#o..o#", "......", "......", "#o..o#", "##..##"])
  }

  @Test("A dark box has white lines, and a box beyond the picture shows its inner part")
  func dark() throws {
    let boxed = try gray(4, 4).drawing(
      box: Rect(x: -9, y: 2, width: 12, height: 9), style: BoxStyle(color: (0, 0, 90)), thickness: 0)
    #expect((0..<4).map { boxed[0, $0]?.red } == [100, 255, 0, 255])
  }

  @Test(
    "A box without area or outside the picture leaves it alone",
    arguments: [
      Rect(x: 50, y: 50, width: 3, height: 3), Rect(x: 1, y: 1, width: 0, height: 2),
      Rect(x: 1, y: 1, width: 2, height: -2), Rect(x: .max, y: .max, width: .max, height: .max),
      Rect(x: .min, y: .min, width: .max, height: .max),
    ])
  func invisible(box: Rect) throws {
    let picture = try gray(4, 4)
    #expect(picture.drawing(box: box, style: .predicted) == picture)
    #expect(picture.drawing(box: box, style: .groundTruth, thickness: .max) == picture)
  }

  @Test("A box with a far corner keeps its other corner")
  func farCorner() throws {
    let boxed = try gray(4, 3).drawing(
      box: Rect(x: 2, y: 1, width: .max, height: .max), style: BoxStyle(color: (255, 200, 0)), thickness: 1)
    #expect(rows(boxed) == [".ooo", ".o##", ".o#o"])
  }

  @Test(
    "Without a thickness, the outline is a 150th of the shorter side, at least 2",
    arguments: [(60, 80, 2), (900, 600, 4), (768, 768, 5)])
  func defaultThickness(width: Int, height: Int, expected: Int) throws {
    let boxed = try gray(width, height).drawing(
      box: Rect(x: 0, y: 0, width: width, height: height), style: BoxStyle(color: (255, 200, 0)))
    let outline = (0..<width / 2).prefix { x in boxed[x, height / 2].map { $0 == (255, 200, 0) } == true }
    #expect(outline.count == expected)
  }

  @Test("Two boxes in the same place both show")
  func coincident() throws {
    let box = Rect(x: 0, y: 0, width: 20, height: 20)
    let boxed = try gray(20, 20).drawing(box: box, style: .predicted, thickness: 1)
      .drawing(box: box, style: .groundTruth, thickness: 1)
    let top = (0..<20).map { x in
      switch boxed[x, 0] {
      case (240, 228, 66)?: "p"
      case (0, 114, 178)?: "t"
      default: "?"
      }
    }
    #expect(top.joined() == "ttttppppttttpppptttt")
  }

  /// The contrast ratio of WCAG 2.2 for graphics (success criterion 1.4.11).
  @Test("A predicted box differs from a true one in lightness by more than 3 to 1")
  func contrast() {
    func luminance(_ color: RGB) -> Double {
      func linear(_ level: UInt8) -> Double {
        let share = Double(level) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    }
    let ratio = (luminance(BoxStyle.predicted.color) + 0.05) / (luminance(BoxStyle.groundTruth.color) + 0.05)
    #expect(ratio > 3)
    #expect(!BoxStyle.predicted.isDashed && BoxStyle.groundTruth.isDashed)
  }

  private func gray(_ width: Int, _ height: Int) throws -> Image {
    try Image(width: width, height: height, pixels: [UInt8](repeating: 100, count: width * height * 3))
  }

  /// A picture as text: `#` the outline, `o` the black line beside it, `.` the grey ground.
  private func rows(_ image: Image) -> [String] {
    (0..<image.height).map { y in
      (0..<image.width).map { x in
        switch image[x, y] {
        case (255, 200, 0)?: "#"
        case (0, 0, 0)?: "o"
        case (100, 100, 100)?: "."
        default: "?"
        }
      }.joined()
    }
  }
}
