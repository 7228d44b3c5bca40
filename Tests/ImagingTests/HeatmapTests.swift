import Diagnostics
import Imaging
import TestSupport
import Testing

@Suite("Heatmaps")
struct HeatmapTests {
  @Test("Normalising divides by the maximum")
  func normalizing() throws {
    let map = try Heatmap(width: 2, height: 2, values: [1, 4, 0, -2])
    #expect(map.normalized().values == [0.25, 1, 0, -0.5])
    #expect(!map.isBlank)
  }

  @Test(
    "A map without a positive value becomes zero",
    arguments: [[0, 0], [-1, -3], [.nan, 0], [-.infinity, .infinity]] as [[Float]])
  func blank(values: [Float]) throws {
    let map = try Heatmap(width: 2, height: 1, values: values)
    #expect(map.isBlank)
    #expect(map.normalized().values == [0, 0])
  }

  @Test("Infinite values and NaN count as zero")
  func nonFinite() throws {
    let map = try Heatmap(width: 5, height: 1, values: [.nan, 2, .infinity, -.infinity, 1])
    #expect(map.normalized().values == [0, 1, 0, 0, 0.5])
    let overflowing = try Heatmap(width: 2, height: 1, values: [-.greatestFiniteMagnitude, .leastNonzeroMagnitude])
    #expect(overflowing.normalized().values == [0, 1])
  }

  @Test("Upsampling equals PyTorch's bilinear interpolation", arguments: try Fixture.answers().upsampling.indices)
  func upsampling(index: Int) throws {
    let answer = try Fixture.answers().upsampling[index]
    let map = try Heatmap(width: answer.width, height: answer.height, values: answer.values)
      .upsampled(width: answer.newWidth, height: answer.newHeight)
    #expect((map.width, map.height) == (answer.newWidth, answer.newHeight))
    #expect(agree(map.values, with: answer.expected, relative: 0, absolute: 1e-6))
  }

  @Test("A wrong count of values is refused")
  func wrongCount() {
    #expect(throws: Diagnostic.error("A map of 3 × 2 cells has 6 values, not 5.")) {
      try Heatmap(width: 3, height: 2, values: [1, 2, 3, 4, 5])
    }
    #expect(throws: Diagnostic.error("A picture of 0 × 2 pixels has no content.")) {
      try Heatmap(width: 0, height: 2, values: [])
    }
  }
}
