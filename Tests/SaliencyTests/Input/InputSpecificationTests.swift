import Diagnostics
import Imaging
import NeuralNetwork
import Saliency
import TestSupport
import Testing
import Vocabulary

@Suite("How a picture becomes a network's input")
struct InputSpecificationTests {
  private func picture(_ width: Int, _ height: Int) throws -> Image {
    try Image(width: width, height: height, pixels: (0..<width * height * 3).map { UInt8($0 % 251) })
  }

  private func fault(_ specification: InputSpecification, _ image: Image) -> String? {
    let error = #expect(throws: Diagnostic.self) { try specification.prepare(image) }
    return error?.text
  }

  @Test("a crop of a picture is the middle of the scaled one, however long that would be")
  func crop() throws {
    let image = try picture(40, 30)
    let input = try InputSpecification(width: 20, height: 20, resize: .crop(shorterSide: 24)).prepare(image)
    // torchvision: Resize(24) makes 32 × 24, CenterCrop(20) begins at (6, 2).
    let expected = image.resized(width: 32, height: 24).cropped(to: Rect(x: 6, y: 2, width: 20, height: 20))
    let plain = try InputSpecification(width: 20, height: 20).prepare(expected)
    #expect(input.tensor == plain.tensor)
    #expect(input.region == Rect(x: 7, y: 2, width: 25, height: 25))
    let long = try picture(3, 90)
    let part = try InputSpecification(width: 8000, height: 8, resize: .crop(shorterSide: 8000)).prepare(long)
    #expect(part.tensor.shape == [1, 3, 8, 8000])
  }

  @Test("padding keeps the proportions and fills with the mean colour")
  func pad() throws {
    let input = try InputSpecification(
      width: 8, height: 8, resize: .pad, scale: 255, mean: [100, 110, 120]
    ).prepare(try picture(16, 8))
    #expect(input.region == Rect(x: 0, y: -4, width: 16, height: 16))
    for row in [0, 1, 6, 7] {
      #expect(input.tensor.values[row * 8..<row * 8 + 8].allSatisfy { $0 == 0 })
    }
  }

  @Test("grey goes in as one channel and comes out as grey")
  func gray() throws {
    let specification = try InputSpecification(
      width: 4, height: 4, channels: .order(.gray), scale: 255, mean: [100], standardDeviation: [50])
    let image = try picture(4, 4)
    let input = try specification.prepare(image)
    #expect(input.tensor.shape == [1, 1, 4, 4])
    // Pillow: Image.new("RGB", (1, 1), (0, 1, 2)).convert("L") is 1.
    #expect(input.tensor.values[0] == -1.98)
    let back = try specification.picture(of: input.tensor)
    #expect(back[0, 0].map { [$0.red, $0.green, $0.blue] } == [1, 1, 1])
  }

  @Test("a picture of which one side is more than 32 times the other is refused in its own words")
  func aspect() throws {
    let specification = try InputSpecification(width: 8, height: 8)
    for (width, height) in [(2, 3000), (3000, 2)] {
      #expect(
        fault(specification, try picture(width, height))
          == "The picture has \(width) × \(height) pixels: one side is 1500 times the other, and at most 32 times can be "
          + "shown. Cut out the part that matters.")
    }
    #expect(throws: Never.self) { try specification.prepare(try picture(2, 64)) }
    #expect(fault(specification, try picture(2, 65)) != nil)
  }

  @Test("what would be shown must be of a size that can be written")
  func shownSize() throws {
    #expect(
      fault(try InputSpecification(width: 8000, height: 8, resize: .pad), try picture(80, 80))
        == "The picture has 80 × 80 pixels, and what is shown of it under an input of 8000 × 8 would have 80000 × 80: at "
        + "most 65500 a side and 134217728 in all can be. "
        + "Shrink the picture: no network sees more than a thousand pixels a side.")
    #expect(
      fault(try InputSpecification(width: 8000, height: 2), try picture(10, 200))?.contains("8000 × 160000") == true)
  }

  @Test("numbers that cannot be right")
  func numbers() {
    func fault(_ work: () throws(Diagnostic) -> InputSpecification) -> String? {
      do throws(Diagnostic) {
        _ = try work()
        return nil
      } catch {
        return error.text
      }
    }
    #expect(
      fault { () throws(Diagnostic) in try InputSpecification(width: 8, height: 8, scale: .infinity) }
        == "`scale` must be above 0 and finite. Try 1 or 255.")
    for std: Float in [0, -1, .infinity, .nan] {
      #expect(
        fault { () throws(Diagnostic) in
          try InputSpecification(width: 8, height: 8, standardDeviation: [1, std, 1])
        } == "every `std` must be above 0 and finite.")
    }
    #expect(
      fault { () throws(Diagnostic) in try InputSpecification(width: 8, height: 8, mean: [0, .nan, 0]) }
        == "every `mean` must be finite.")
  }
}
