import Foundation
import TestSupport
import Testing

@testable import Imaging

@Suite("The size of a picture, by the head of its file")
struct ImageSizeTests {
  @Test("is that of the decoded picture, turned upright")
  func fixtures() throws {
    var count = 0
    let folder = Fixture.directory
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let path = folder.appendingPathComponent(name).path
      guard let image = try? Image(contentsOfFile: path) else { continue }
      let size = try #require(Image.size(ofFileAt: path), "\(name)")
      #expect(size.width == image.width && size.height == image.height, "\(name)")
      count += 1
    }
    #expect(count > 20)
  }

  @Test("is found behind segments longer than what is read at first")
  func longHead() throws {
    let folder = try TemporaryFolder()
    let image = try Image(width: 5, height: 3, pixels: [UInt8](repeating: 90, count: 45))
    let data = try image.jpegData()
    let comment: [UInt8] = [0xFF, 0xFE, 0xFF, 0xFF] + [UInt8](repeating: 65, count: 0xFFFF - 2)
    for (repetitions, isFound) in [(1, true), (4, true), (20, false)] {
      let bytes = data.prefix(2) + Array(repeatElement(comment, count: repetitions).joined()) + data.dropFirst(2)
      try Data(bytes).write(to: folder.url.appendingPathComponent("a.jpg"))
      let size = Image.size(ofFileAt: folder.path("a.jpg"))
      #expect(isFound ? size.map { [$0.width, $0.height] } == [5, 3] : size == nil, "\(repetitions)")
    }
  }

  @Test("is unknown for anything else", arguments: ["", "<svg/>", "GIF89a", "\u{89}PNG"])
  func others(text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "a")
    #expect(Image.size(ofFileAt: folder.path("a")) == nil)
    #expect(Image.size(ofFileAt: folder.path("none")) == nil)
    #expect(Image.size(ofFileAt: folder.url.path) == nil)
  }
}
