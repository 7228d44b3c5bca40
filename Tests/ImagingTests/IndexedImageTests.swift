import Diagnostics
import Foundation
import Imaging
import Testing
import Vocabulary

@Suite("Pictures of few colours, to lay over others")
struct IndexedImageTests {
  private static let map = [Float](arrayLiteral: 0, 0.25, 0.5, 1)

  private func overlay(_ blend: Blend, isSigned: Bool = false, region: Rect? = nil) throws -> IndexedImage {
    let values = isSigned ? [0, 0.5, 0.75, 1] : Self.map
    return try IndexedImage(
      Heatmap(width: 2, height: 2, values: values), over: region, width: 2, height: 2,
      colors: MapColors(isSigned ? .coolwarm : .turbo, opacity: 0.5, blend: blend, isSigned: isSigned))
  }

  @Test("an index is the map's value")
  func indices() throws {
    #expect(try overlay(.fade).indices == [0, 64, 128, 255])
    #expect(try overlay(.fade, isSigned: true).indices == [0, 128, 192, 255])
  }

  @Test("flat covers evenly, fade leaves the photo where there is no evidence")
  func blends() throws {
    #expect(Set(try overlay(.flat).palette.map(\.alpha)) == [128])
    let faded = try overlay(.fade)
    let alphas = faded.palette.map(\.alpha)
    #expect(alphas[0] == 0)
    #expect(alphas == alphas.sorted())
    // 0.5 · s · (2 − s) with s = 64/255, and with s = 1.
    #expect(alphas[64] == 56)
    #expect(alphas[255] == 128)
    let signed = try overlay(.fade, isSigned: true).palette.map(\.alpha)
    #expect((signed[0], signed[128], signed[255]) == (128, 0, 128))
  }

  @Test("it is seen as it is in a browser", arguments: Blend.allCases, [false, true])
  func laidOver(blend: Blend, isSigned: Bool) throws {
    let photo = try Image(width: 2, height: 2, pixels: (0..<12).map { UInt8($0 * 23) })
    let overlay = try overlay(blend, isSigned: isSigned)
    let seen = try overlay.laid(over: photo)
    for pixel in 0..<4 {
      let tint = overlay.palette[Int(overlay.indices[pixel])]
      for (channel, level) in [tint.red, tint.green, tint.blue].enumerated() {
        let below = Double(photo.pixels[pixel * 3 + channel])
        let expected = below + (Double(level) - below) * Double(tint.alpha) / 255
        #expect(abs(Double(seen.pixels[pixel * 3 + channel]) - expected) <= 0.5)
      }
    }
    #expect(seen != photo)
  }

  @Test("what the map does not cover stays untouched", arguments: Blend.allCases)
  func region(blend: Blend) throws {
    let photo = try Image(width: 2, height: 2, pixels: (0..<12).map { UInt8($0 * 23) })
    let seen = try overlay(blend, region: Rect(x: 1, y: 0, width: 1, height: 2)).laid(over: photo)
    for pixel in [0, 2] {
      #expect(seen.pixels[(pixel * 3)..<(pixel * 3 + 3)] == photo.pixels[(pixel * 3)..<(pixel * 3 + 3)])
    }
    #expect(seen.pixels[3..<6] != photo.pixels[3..<6] || seen.pixels[9..<12] != photo.pixels[9..<12])
  }

  @Test("a file has the palette, how opaque each colour is, and the indices")
  func file() throws {
    let overlay = try IndexedImage(
      Heatmap(width: 5, height: 4, values: (0..<20).map { Float($0) / 19 }), width: 40, height: 30,
      colors: MapColors(.viridis, opacity: 0.7, blend: .fade))
    let file = try overlay.pngData()
    let chunks = PNGFile(file).chunks
    #expect(chunks.map(\.kind) == ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"])
    // Width, height, 8 bits, type 3: a palette.
    #expect(chunks[0].bytes == [0, 0, 0, 40, 0, 0, 0, 30, 8, 3, 0, 0, 0])
    #expect(chunks[1].bytes == overlay.palette.flatMap { [$0.red, $0.green, $0.blue] })
    #expect(chunks[2].bytes == overlay.palette.map(\.alpha))
    // Our own decoder lays transparent pictures over white; so does this.
    let white = try Image(width: 40, height: 30, pixels: [UInt8](repeating: 255, count: 3600))
    #expect(try greatestDifference(Image(decoding: file, name: "overlay.png"), overlay.laid(over: white)) <= 1)
  }

  @Test("indices without a colour, and pictures of another size, are refused")
  func refusals() throws {
    let tint = IndexedImage.Tint((1, 2, 3), alpha: 4)
    let fault = Diagnostic.error("A picture of 2 × 1 pixels needs an index with a colour for each of them.")
    #expect(throws: fault) { try IndexedImage(width: 2, height: 1, indices: [0, 1], palette: [tint]) }
    #expect(throws: fault) { try IndexedImage(width: 2, height: 1, indices: [0], palette: [tint]) }
    #expect(throws: Diagnostic.error("A picture of 1 × 1 pixels cannot be laid over one of 2 × 1.")) {
      try IndexedImage(width: 1, height: 1, indices: [0], palette: [tint])
        .laid(over: Image(width: 2, height: 1, pixels: [0, 0, 0, 0, 0, 0]))
    }
  }

  @Test("a map that is not finite has no colours")
  func notFinite() throws {
    let map = try Heatmap(width: 1, height: 1, values: [.nan])
    #expect(throws: Diagnostic.error("A map with cells that are infinite or not numbers cannot be shown.")) {
      try IndexedImage(map, width: 2, height: 2, colors: MapColors(.turbo, opacity: 1, blend: .flat))
    }
  }
}

/// The chunks of a PNG file.
private struct PNGFile {
  var chunks: [(kind: String, bytes: [UInt8])] = []

  init(_ file: [UInt8]) {
    var place = 8
    while place + 12 <= file.count {
      let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      chunks.append(
        (String(decoding: file[place + 4..<place + 8], as: UTF8.self), Array(file[place + 8..<place + 8 + length])))
      place += length + 12
    }
  }
}
