import Imaging
import Testing

@Suite("Upsampling as other programs do it")
struct LibraryUpsamplingTests {
  @Test("aligned corners: the outermost cells lie at the edges, and the rest in between")
  func aligned() throws {
    let map = try Heatmap(width: 2, height: 2, values: [0, 3, 6, 9])
    let found = map.upsampledAligningCorners(width: 4, height: 3)
    #expect(found.values == [0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9])
    #expect(map.upsampledAligningCorners(width: 1, height: 1).values == [0])
  }

  @Test("repeated cells: each pixel has the value of the cell that it lies in")
  func repeated() throws {
    let map = try Heatmap(width: 3, height: 1, values: [1, 2, 3])
    #expect(map.repeated(width: 7, height: 2).values == [1, 1, 1, 2, 2, 3, 3, 1, 1, 1, 2, 2, 3, 3])
    #expect(map.repeated(width: 2, height: 1).values == [1, 2])
  }
}
