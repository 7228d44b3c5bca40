import Foundation
import Imaging
import Testing

/// Small picture files and the answers of other programs; Fixtures/make_fixtures.py makes them.
enum Fixture {
  static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// Names of the files with an extension, in order.
  static func names(withExtension pathExtension: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasSuffix("." + pathExtension) }.sorted()
  }

  /// Reads a picture in the PPM format, which needs no decoder.
  static func ppm(_ name: String) throws -> Image {
    let bytes = try bytes(name)
    let headerEnd = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 1
    let header = String(decoding: bytes[..<headerEnd], as: UTF8.self).split { $0.isWhitespace }
    return try Image(
      width: #require(Int(header[1])), height: #require(Int(header[2])), pixels: Array(bytes[headerEnd...]))
  }

  static func answers() throws -> Answers {
    try JSONDecoder().decode(Answers.self, from: Data(bytes("answers.json")))
  }
}

/// What is in answers.json.
struct Answers: Decodable {
  struct Upsampling: Decodable {
    let width, height: Int
    let values: [Float]
    let newWidth, newHeight: Int
    let expected: [Float]
  }
  struct Overlay: Decodable {
    let colormap: String
    let opacity: Float
    let file: String
  }
  let upsampling: [Upsampling]
  let positions: [Float]
  let colormaps: [String: [UInt8]]
  let overlays: [Overlay]
  let overlayMap: [Float]
  let gradient: [Float]
}

/// The greatest difference of two pictures of the same size, in grey levels.
func greatestDifference(_ a: Image, _ b: Image) throws -> Int {
  try #require(a.width == b.width && a.height == b.height, "\(a.width) × \(a.height), \(b.width) × \(b.height)")
  return zip(a.pixels, b.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
}

/// A picture in which every pixel has its own colour.
func testPicture(width: Int, height: Int) throws -> Image {
  let pixels = (0..<width * height).flatMap { index -> [UInt8] in [UInt8(index & 255), UInt8(index >> 8 & 255), 7] }
  return try Image(width: width, height: height, pixels: pixels)
}
