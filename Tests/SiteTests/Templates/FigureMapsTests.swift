import Foundation
import Testing
import Vocabulary

@testable import Site

@Suite("Raw values in a page")
struct FigureMapsTests {
  private static let values: [Float] = [0.1, -3.4028235e38, 1.17549435e-38, 5e-45, 0, 16_777_217, 0.33333334]

  @Test("every float comes back to the bit")
  func exact() throws {
    var maps = FigureMaps(colormap: .turbo, opacity: 0.5, blend: .fade, scale: .own, threshold: 0.15)
    maps.maps["figure-1-1-cam"] = FigureMaps.Map(
      method: .cam, width: 7, height: 1, view: [0, 0, 1, 1], values: Self.values)
    let json = try #require(maps.json)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["blend"] as? String == "fade")
    let map = try #require((object["maps"] as? [String: [String: Any]])?["figure-1-1-cam"])
    #expect(map["method"] as? String == "cam")
    #expect(map["signed"] as? Bool == false)
    // As a browser reads them: as doubles.
    let numbers = try #require(map["values"] as? [NSNumber])
    #expect(numbers.map { Float($0.doubleValue).bitPattern } == Self.values.map(\.bitPattern))
  }

  @Test("nothing in it ends the element that it stands in")
  func hostile() throws {
    var maps = FigureMaps(colormap: .turbo, opacity: 0.5, blend: .fade, scale: .own, threshold: 0.15)
    maps.maps["</script><!--"] = FigureMaps.Map(method: .cam, width: 1, height: 1, view: [0, 0, 1, 1], values: [1])
    let json = try #require(maps.json)
    #expect(!json.contains("<"))
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
  }

  @Test("a figure without maps has no values")
  func none() {
    #expect(FigureMaps(colormap: .turbo, opacity: 0.5, blend: .fade, scale: .own, threshold: 0.15).json == nil)
  }
}
