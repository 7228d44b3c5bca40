import Imaging
import Testing
import Vocabulary

@Suite("Colour maps and overlays")
struct ColorTests {
  @Test("Colours equal matplotlib's", arguments: Colormap.allCases)
  func colormap(_ colormap: Colormap) throws {
    let answers = try Fixture.answers()
    let expected = try #require(answers.colormaps[colormap.rawValue])
    let found = answers.positions.flatMap { position -> [UInt8] in
      let color = colormap.color(at: position)
      return [color.red, color.green, color.blue]
    }
    let wrong = zip(found, expected).filter { $0 != $1 }.count
    #expect(wrong == 0)
    #expect(found.count == expected.count)
  }

  @Test("Values that are no numbers have the end colours", arguments: Colormap.allCases)
  func nonFinite(_ colormap: Colormap) {
    #expect(colormap.color(at: .nan) == colormap.color(at: 0))
    #expect(colormap.color(at: .infinity) == colormap.color(at: 1))
    #expect(colormap.color(at: -.infinity) == colormap.color(at: 0))
  }

  @Test("A map as a picture has a pixel a cell")
  func mapAsPicture() throws {
    let image = try Image(Heatmap(width: 2, height: 1, values: [0, 1]), colormap: .jet)
    #expect(image == (try Image(width: 2, height: 1, pixels: [0, 0, 127, 127, 0, 0])))
  }

  @Test(
    "Overlays blend the picture with the upsampled map's colours", arguments: try Fixture.answers().overlays.indices)
  func overlays(index: Int) throws {
    let answers = try Fixture.answers()
    let answer = answers.overlays[index]
    let blend = try overlay(
      try Heatmap(width: 5, height: 4, values: answers.overlayMap), on: try Fixture.ppm("resize-source.ppm"),
      colormap: try #require(Colormap(rawValue: answer.colormap)), opacity: answer.opacity)
    // A value on the border of two colours, or a blend half-way between two levels, may fall to either side.
    #expect(try greatestDifference(blend, Fixture.ppm(answer.file)) <= 1)
  }

  @Test("Opacity is clamped to 0…1, and NaN shows the picture")
  func opacity() throws {
    let map = try Heatmap(width: 1, height: 1, values: [1])
    let photo = try testPicture(width: 3, height: 2)
    #expect(try overlay(map, on: photo, colormap: .turbo, opacity: -3) == photo)
    #expect(try overlay(map, on: photo, colormap: .turbo, opacity: .nan) == photo)
    let red = Colormap.turbo.color(at: 1)
    #expect(try overlay(map, on: photo, colormap: .turbo, opacity: 7)[2, 1].map { $0 == red } == true)
  }
}
