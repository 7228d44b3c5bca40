import Imaging
import Testing

@testable import Saliency

@Suite("How concentrated a map is")
struct ConcentrationTests {
  private func share(_ values: [Float]) throws -> Double {
    try Heatmap(width: values.count, height: 1, values: values).shareWithHalf
  }

  @Test("it is the share of the fewest cells that hold half of what is above zero")
  func shares() throws {
    #expect(try share([1, 1, 1, 1]) == 0.5)
    #expect(try share([0, 0, 9, 1]) == 0.25)
    #expect(try share([3, 3, 2, 2, -100, 0, 0, 0, 0, 0]) == 0.2)
    #expect(try share([-1, 0, -2]) == 0)
  }

  @Test("a map of noise is the same each time, and points nowhere in particular")
  func noise() throws {
    let noise = try Heatmap.noise(input: [1, 3, 40, 50])
    #expect(try noise == Heatmap.noise(input: [1, 3, 40, 50]))
    #expect(noise.width == 50 && noise.height == 40 && noise.values.allSatisfy { (0..<1).contains($0) })
    let mean = noise.values.reduce(0, +) / 2000
    #expect(abs(mean - 0.5) < 0.03)
    // Of uniform numbers, the √½ share of the highest holds one half.
    #expect(abs(noise.shareWithHalf - 0.293) < 0.02)
  }
}
