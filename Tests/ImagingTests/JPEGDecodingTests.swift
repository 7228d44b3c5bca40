import Diagnostics
import Imaging
import Testing

@Suite("JPEG decoding")
struct JPEGDecodingTests {
  @Test(
    "Every kind of JPEG file agrees with Pillow to one level, turned upright",
    arguments: try Fixture.names(withExtension: "jpg"))
  func agreesWithPillow(name: String) throws {
    let image = try Image(contentsOfFile: Fixture.path(name))
    #expect(try greatestDifference(image, Fixture.ppm(name.replacing(".jpg", with: ".ppm"))) <= 1)
  }
}
