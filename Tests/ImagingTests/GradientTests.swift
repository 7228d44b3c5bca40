import Diagnostics
import Imaging
import Testing

@Suite("Gradients as pictures")
struct GradientTests {
  @Test("Three channels are standardised together, as numpy does")
  func color() throws {
    let image = try Image(gradient: Fixture.answers().gradient, channels: 3, width: 7, height: 9)
    #expect(try greatestDifference(image, Fixture.ppm("gradient-rgb.ppm")) == 0)
  }

  @Test("One channel is grey")
  func gray() throws {
    let plane = try Array(Fixture.answers().gradient.prefix(63))
    let image = try Image(gradient: plane, channels: 1, width: 7, height: 9)
    #expect(try greatestDifference(image, Fixture.ppm("gradient-gray.ppm")) == 0)
  }

  @Test("An all-zero gradient is mid-grey")
  func blank() throws {
    let image = try Image(gradient: [0, 0, 0, 0, 0, 0], channels: 3, width: 2, height: 1)
    #expect(image.pixels == [128, 128, 128, 128, 128, 128])
  }

  @Test("Values that are infinite or not numbers are refused", arguments: [.nan, .infinity, -.infinity] as [Float])
  func nonFinite(value: Float) {
    #expect(throws: Diagnostic.error("A gradient with values that are infinite or not numbers cannot be shown.")) {
      try Image(gradient: [value, 1, 0, -1], channels: 1, width: 2, height: 2)
    }
  }

  @Test("Shapes that do not fit are refused")
  func wrongShape() {
    #expect(throws: Diagnostic.error("A gradient with 2 channels cannot be shown; pictures have 1 or 3.")) {
      try Image(gradient: [1, 2], channels: 2, width: 1, height: 1)
    }
    #expect(throws: Diagnostic.error("A gradient of 3 × 1 × 2 has 6 values, not 2.")) {
      try Image(gradient: [1, 2], channels: 3, width: 2, height: 1)
    }
  }
}
