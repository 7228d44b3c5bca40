import Saliency
import Testing

@Suite("Means have an interval")
struct BootstrapMeanTests {
  @Test("the mean is that of all values, however they are grouped")
  func mean() throws {
    let found = try #require(BootstrapMean([[1, 0, 0], [1], []]))
    #expect(found.mean == 0.5 && found.count == 4)
    #expect(BootstrapMean([[], []]) == nil && BootstrapMean([]) == nil)
  }

  @Test("what is the same everywhere has no spread, and one picture tells nothing of others")
  func spread() throws {
    let same = try #require(BootstrapMean(Array(repeating: [0.25], count: 30)))
    #expect(same.low == 0.25 && same.high == 0.25)
    let one = try #require(BootstrapMean([[0, 1]]))
    #expect(one.low == 0.5 && one.high == 0.5)
  }

  @Test("a share of one half among 100 pictures is known to about ten per cent, by the binomial's own spread")
  func binomial() throws {
    let found = try #require(BootstrapMean((0..<100).map { [Double($0 % 2)] }))
    // 1.96 · √(0.25 / 100)
    let half = 0.098
    #expect(abs((found.high - found.low) / 2 - half) < 0.015)
    #expect(found.low < 0.5 && found.high > 0.5)
    #expect(found == BootstrapMean((0..<100).map { [Double($0 % 2)] }), "the same numbers on every machine")
  }

  @Test("values of one picture hang together: they are drawn together")
  func clusters() throws {
    let alone = try #require(BootstrapMean((0..<100).map { [Double($0 % 2)] }))
    let together = try #require(BootstrapMean((0..<10).map { Array(repeating: Double($0 % 2), count: 10) }))
    #expect(together.mean == alone.mean && together.count == alone.count)
    #expect(together.high - together.low > 2 * (alone.high - alone.low))
  }
}
