import Foundation
import Imaging
import TestSupport
import Testing

@Suite("Resizing and cropping")
struct ResizingTests {
  static let sizes = [(13, 11), (97, 61), (17, 80), (80, 17), (40, 9), (7, 30), (1, 1)]

  @Test("The whole picture, smaller and larger, equals Pillow's", arguments: sizes)
  func whole(width: Int, height: Int) throws {
    let resized = try Fixture.ppm("resize-source.ppm").resized(width: width, height: height)
    // Here Pillow 13 takes the two passes in the other order.
    let tolerance = (width, height) == (80, 17) ? 1 : 0
    #expect(try greatestDifference(resized, Fixture.ppm("resize-\(width)x\(height).ppm")) <= tolerance)
  }

  @Test("A region equals Pillow's box", arguments: [(20, 20), (64, 48), (26, 19), (5, 4)])
  func region(width: Int, height: Int) throws {
    let region = Rect(x: 5, y: 3, width: 26, height: 19)
    let resized = try Fixture.ppm("resize-source.ppm").resized(width: width, height: height, region: region)
    #expect(resized == (try Fixture.ppm("resize-box-\(width)x\(height).ppm")))
  }

  @Test("The same size gives the same picture")
  func sameSize() throws {
    let source = try Fixture.ppm("resize-source.ppm")
    #expect(source.resized(width: 40, height: 30) == source)
  }

  @Test("A window of a resized picture is cut out of it without the rest", arguments: sizes + [(40, 30)])
  func window(width: Int, height: Int) throws {
    let source = try Fixture.ppm("resize-source.ppm")
    let window = Rect(x: width / 3, y: height / 4, width: width - width / 3, height: max(1, height / 2))
    #expect(
      source.resized(width: width, height: height, window: window)
        == source.resized(width: width, height: height).cropped(to: window))
  }

  @Test("A window of a picture that would not fit into memory")
  func windowOfHugePicture() throws {
    let source = try Fixture.ppm("resize-source.ppm")
    let scale = 30_000
    let window = Rect(x: 20 * scale + scale / 2 - 1, y: 10 * scale + scale / 2 - 1, width: 2, height: 2)
    let part = source.resized(width: 40 * scale, height: 30 * scale, window: window)
    let pixel = try #require(source[20, 10])
    for index in 0..<4 {
      #expect(Array(part.pixels[index * 3..<index * 3 + 3]) == [pixel.red, pixel.green, pixel.blue])
    }
  }

  @Test("Sizes below 1 count as 1, and a region outside becomes the nearest pixel")
  func outOfRange() throws {
    let source = try testPicture(width: 4, height: 3)
    #expect(source.resized(width: 0, height: -5) == source.resized(width: 1, height: 1))
    let outside = Rect(x: 90, y: -90, width: 5, height: 5)
    #expect(
      source.resized(width: 2, height: 2, region: outside)
        == source.resized(width: 2, height: 2, region: Rect(x: 3, y: 0, width: 1, height: 1)))
    let endless = Rect(x: 1, y: 1, width: .max, height: .max)
    #expect(
      source.resized(width: 2, height: 2, region: endless)
        == source.resized(width: 2, height: 2, region: Rect(x: 1, y: 1, width: 3, height: 2)))
  }

  @Test("Cropping takes the pixels inside the region")
  func cropping() throws {
    let cropped = try testPicture(width: 5, height: 4).cropped(to: Rect(x: 1, y: 2, width: 2, height: 2))
    #expect(cropped == (try Image(width: 2, height: 2, pixels: [11, 0, 7, 12, 0, 7, 16, 0, 7, 17, 0, 7])))
  }

  @Test("A region beyond the edges is filled up with a colour")
  func padding() throws {
    let padded = try testPicture(width: 2, height: 1).cropped(
      to: Rect(x: -1, y: 0, width: 4, height: 2), fill: (9, 8, 6))
    #expect(
      padded
        == (try Image(
          width: 4, height: 2,
          pixels: [9, 8, 6, 0, 0, 7, 1, 0, 7, 9, 8, 6] + [9, 8, 6, 9, 8, 6, 9, 8, 6, 9, 8, 6])))
    let apart = try testPicture(width: 2, height: 1).cropped(to: Rect(x: 5, y: 5, width: 1, height: 1))
    #expect(apart == (try Image(width: 1, height: 1, pixels: [255, 255, 255])))
  }

  @Test(
    "A photo stretched to a network's input equals the tensor that PyTorch was given",
    .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
  func networkInput() throws {
    let photo = try Image(contentsOfFile: ReferenceData.url("imagenet/content/images/cat-dog.png").path)
      .resized(width: 227, height: 227)
    let file = try Data(contentsOf: ReferenceData.url("imagenet/reference/cat-dog/input.npy"))
    let planes = file.suffix(3 * 227 * 227 * 4).withUnsafeBytes { bytes in
      (0..<3 * 227 * 227).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
    // Blue, green, red planes, less their means.
    let means: [Float] = [104, 117, 123]
    var ours: [Float] = []
    for channel in 0..<3 {
      for pixel in 0..<227 * 227 {
        ours.append(Float(photo.pixels[pixel * 3 + 2 - channel]) - means[channel])
      }
    }
    #expect(ours == planes)
  }
}
