import Diagnostics
import Foundation
import Imaging
import Testing

@Suite("PNG encoding")
struct PNGEncodingTests {
  @Test("What is written is what is read", arguments: [(1, 1), (1, 7), (7, 1), (300, 200)])
  func roundTrip(width: Int, height: Int) throws {
    let image = try testPicture(width: width, height: height)
    #expect(try Image(decoding: image.pngData(), name: "round trip") == image)
  }

  @Test("Noise, photos and flat colour survive", arguments: ["rgb8.ppm", "baseline.ppm", "overlay-turbo.ppm"])
  func roundTrip(name: String) throws {
    let image = try Fixture.ppm(name)
    #expect(try Image(decoding: image.pngData(), name: name) == image)
  }

  @Test("A grey picture is written with one channel, any other with three")
  func colorType() throws {
    let colorType = 25
    let gray = try Fixture.ppm("gray8.ppm")
    #expect(try gray.pngData()[colorType] == 0)
    #expect(try Image(decoding: gray.pngData(), name: "gray") == gray)
    let almostGray = try Image(width: 1, height: 2, pixels: [9, 9, 9, 9, 9, 8])
    #expect(try almostGray.pngData()[colorType] == 2)
  }

  @Test("The file holds the picture and nothing else: no time, no text, no name of a program")
  func chunks() throws {
    let file = try Fixture.ppm("rgb8.ppm").pngData()
    var chunks: [String] = []
    var position = 8
    while position + 8 <= file.count {
      chunks.append(String(decoding: file[(position + 4)..<(position + 8)], as: UTF8.self))
      position += 12 + file[position..<(position + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(position == file.count)
    #expect(Set(chunks) == ["IHDR", "IDAT", "IEND"])
  }

  @Test("A picture that libpng refuses to write is an error with libpng's reason")
  func tooWide() throws {
    let image = try Image(width: 1_000_001, height: 1, pixels: [UInt8](repeating: 9, count: 3_000_003))
    #expect(
      throws: Diagnostic.error(
        "The picture of 1000001 × 1 pixels cannot be written as PNG: libpng says “Image width exceeds user limit in IHDR”.",
        hint: "Make it smaller.")
    ) {
      try image.pngData()
    }
  }
}
