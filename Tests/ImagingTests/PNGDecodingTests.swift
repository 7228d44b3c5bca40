import Diagnostics
import Imaging
import Testing

@Suite("PNG decoding")
struct PNGDecodingTests {
  @Test(
    "Every colour type and depth gives the expected colours exactly",
    arguments: try Fixture.names(withExtension: "png").filter { !$0.contains("alpha") && !$0.contains("rgba") })
  func opaque(name: String) throws {
    let image = try Image(contentsOfFile: Fixture.path(name))
    let expected = try Fixture.ppm(name.replacing(".png", with: ".ppm"))
    // 16-bit transparency is decided on 16 bits, so one colour is wholly transparent and the rest opaque.
    let tolerance = name.hasPrefix("palette") && name.contains("transparent") ? 1 : 0
    #expect(try greatestDifference(image, expected) <= tolerance)
  }

  @Test(
    "Alpha is laid over white in sRGB, to one level",
    arguments: try Fixture.names(withExtension: "png").filter { $0.contains("alpha") || $0.contains("rgba") })
  func transparent(name: String) throws {
    let image = try Image(contentsOfFile: Fixture.path(name))
    let difference = try greatestDifference(image, Fixture.ppm(name.replacing(".png", with: ".ppm")))
    #expect(difference <= 1)
  }
}
