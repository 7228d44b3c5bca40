import Diagnostics
import Imaging
import TestSupport
import Testing
import Vocabulary

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
    arguments: [[0, 0], [-1, -3]] as [[Float]])
  func blank(values: [Float]) throws {
    let map = try Heatmap(width: 2, height: 1, values: values)
    #expect(map.isBlank)
    #expect(map.normalized().values == [0, 0])
  }

  @Test(
    "A map with a cell that is infinite or not a number is neither blank nor shown, and stays so",
    arguments: [
      [.nan, 0], [0, .nan], [2, .nan], [.infinity, 1], [-.infinity, -1], [-.infinity, .infinity],
    ] as [[Float]])
  func nonFinite(values: [Float]) throws {
    let map = try Heatmap(width: 2, height: 1, values: values)
    #expect(!map.isFinite && !map.isBlank)
    #expect(map.normalized().values.allSatisfy { $0.isNaN })
    #expect(map.upsampled(width: 4, height: 2).values.contains { !$0.isFinite })
    let fault = Diagnostic.error("A map with cells that are infinite or not numbers cannot be shown.")
    #expect(throws: fault) { try Image(map, colormap: .turbo) }
    let photo = try Image(width: 2, height: 1, pixels: [0, 0, 0, 0, 0, 0])
    #expect(throws: fault) { try overlay(map.normalized(), on: photo) }
  }

  @Test("A quotient beyond float32 is the largest there is")
  func overflow() throws {
    let map = try Heatmap(width: 2, height: 1, values: [-.greatestFiniteMagnitude, .leastNonzeroMagnitude])
    #expect(map.normalized().values == [-.greatestFiniteMagnitude, 1])
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
