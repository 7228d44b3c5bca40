import Imaging
import Testing

@Suite("A map over a part of a picture")
struct OverlayRegionTests {
  private static func picture(width: Int, height: Int) throws -> Image {
    try Image(width: width, height: height, pixels: (0..<(width * height * 3)).map { UInt8($0 * 37 % 256) })
  }

  @Test(
    "inside it is coloured as if it were alone, outside the picture stays",
    arguments: [
      Rect(x: 2, y: 1, width: 4, height: 3), Rect(x: -2, y: 3, width: 5, height: 9),
      Rect(x: 0, y: 0, width: 9, height: 7),
    ])
  func region(region: Rect) throws {
    let image = try Self.picture(width: 9, height: 7)
    let map = try Heatmap(width: 2, height: 2, values: [0, 1, 0.5, 0.25])
    let result = try overlay(map, over: region, on: image)
    let part = try overlay(map, on: image.cropped(to: region))
    var coloured = 0
    for y in 0..<7 {
      for x in 0..<9 {
        let isInside =
          (region.x..<region.x + region.width).contains(x) && (region.y..<region.y + region.height).contains(y)
        let expected = try #require(isInside ? part[x - region.x, y - region.y] : image[x, y])
        let found = try #require(result[x, y])
        #expect(found == expected)
        if let old = image[x, y], old != found { coloured += 1 }
      }
    }
    #expect(coloured > 0)
  }

  @Test("a region beside the picture colours nothing")
  func beside() throws {
    let image = try Self.picture(width: 4, height: 4)
    let map = try Heatmap(width: 1, height: 1, values: [1])
    #expect(try overlay(map, over: Rect(x: 4, y: 0, width: 3, height: 3), on: image) == image)
  }
}
