import Diagnostics
import Imaging
import Testing
import Vocabulary

@Suite("JPEG encoding")
struct JPEGEncodingTests {
  /// The frame header of a JPEG file: the marker's second byte, and the sampling factors of each component.
  private func frame(of file: [UInt8]) throws -> (marker: UInt8, sampling: [UInt8]) {
    var position = 2
    while position + 9 < file.count {
      let marker = file[position + 1]
      // Frame headers have the markers C0 to CF, except for tables (C4), extensions (C8) and arithmetic coding (CC).
      if marker & 0xF0 == 0xC0, ![0xC4, 0xC8, 0xCC].contains(marker) {
        let components = Int(file[position + 9])
        return (marker, (0..<components).map { file[position + 11 + $0 * 3] })
      }
      position += 2 + Int(file[position + 2]) << 8 + Int(file[position + 3])
    }
    throw Diagnostic.error("There is no frame header.")
  }

  private func meanDifference(_ a: Image, _ b: Image) -> Double {
    guard (a.width, a.height) == (b.width, b.height) else { return .infinity }
    let sum = zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(a.pixels.count)
  }

  @Test("A photo, and a colour map over it, come back with differences that nobody sees")
  func roundTrip() throws {
    let photo = try Image(contentsOfFile: Fixture.path("../../../content/images/mug.jpg"))
    let map = try Heatmap(width: 3, height: 3, values: [0, 0.2, 0, 0.3, 1, 0.6, 0, 0.1, 0])
    for image in [photo, try overlay(map, on: photo, colormap: .turbo, opacity: 0.5)] {
      let decoded = try Image(decoding: image.jpegData(), name: "round trip")
      try #require(decoded.width == image.width && decoded.height == image.height)
      #expect(meanDifference(decoded, image) < 1)
    }
  }

  @Test("The file is progressive and keeps the full resolution of colour")
  func frame() throws {
    let (marker, sampling) = try frame(of: Fixture.ppm("baseline.ppm").jpegData())
    #expect(marker == 0xC2)
    #expect(sampling == [0x11, 0x11, 0x11])
  }

  @Test("A line of one pixel keeps its colour, which halved colour resolution would take from it")
  func thinLine() throws {
    let pixels = (0..<32 * 32).flatMap { index -> [UInt8] in index % 32 == 13 ? [255, 0, 0] : [128, 128, 128] }
    let image = try Image(width: 32, height: 32, pixels: pixels)
    let line = try #require(try Image(decoding: image.jpegData(), name: "line")[13, 16])
    #expect(line.red > 235 && line.green < 25 && line.blue < 25, "\(line)")
  }

  @Test("A lower quality makes a smaller file; one out of range counts as the nearest")
  func quality() throws {
    let image = try Fixture.ppm("baseline.ppm")
    #expect(try image.jpegData(quality: 60).count < image.jpegData(quality: 90).count)
    #expect(try image.jpegData(quality: 1000) == image.jpegData(quality: 100))
    #expect(try image.jpegData(quality: -1) == image.jpegData(quality: 1))
  }

  @Test("The file holds the picture and nothing else: no time, no comment, no name of a program")
  func segments() throws {
    let file = try Fixture.ppm("baseline.ppm").jpegData()
    var markers: [UInt8] = []
    var position = 2
    while position + 3 < file.count, markers.last != 0xDA {
      markers.append(file[position + 1])
      position += 2 + Int(file[position + 2]) << 8 + Int(file[position + 3])
    }
    // JFIF, quantisation, progressive frame, Huffman tables, scan.
    #expect(Set(markers) == [0xE0, 0xDB, 0xC2, 0xC4, 0xDA])
  }

  @Test("A picture that JPEG cannot hold is an error with TurboJPEG's reason")
  func tooWide() throws {
    let image = try Image(width: 65_501, height: 1, pixels: [UInt8](repeating: 9, count: 196_503))
    #expect(
      throws: Diagnostic.error(
        "The picture of 65501 × 1 pixels cannot be written as JPEG: TurboJPEG says “Maximum supported image dimension "
          + "is 65500 pixels”.",
        hint: "Make it smaller.")
    ) {
      try image.jpegData()
    }
  }
}
