import TestSupport
import Testing

@testable import NeuralNetwork

@Suite("Free ranges of memory")
struct FreeRangesTests {
  @Test("what is taken comes from the lowest range that is large enough")
  func firstFit() {
    var free = ranges(0..<10, 20..<50, 60..<160)
    #expect(free.take(20) == 20)
    #expect(free.take(10) == 0)
    #expect(free.ranges == [40..<50, 60..<160])
  }

  @Test("nothing is taken where no range is large enough, however much is free in all")
  func tooLarge() {
    var free = ranges(0..<10, 20..<30)
    #expect(free.take(11) == nil)
    #expect(free.ranges == [0..<10, 20..<30])
  }

  @Test(
    "ranges that meet become one",
    arguments: [
      (10..<20, [0..<20, 30..<40]), (20..<30, [0..<10, 20..<40]), (10..<30, [0..<40]),
      (15..<25, [0..<10, 15..<25, 30..<40]), (50..<60, [0..<10, 30..<40, 50..<60]), (10..<10, [0..<10, 30..<40]),
    ])
  func joining(given: Range<Int>, expected: [Range<Int>]) {
    var free = ranges(30..<40, 0..<10)
    free.give(given)
    #expect(free.ranges == expected)
  }

  @Test("in any order of taking and giving, nothing is lost and nothing is given twice")
  func bookkeeping() {
    let size = 10_000
    var free = ranges(0..<size)
    var taken: [Range<Int>] = []
    var generator = SplitMix(state: 1)
    for _ in 0..<5_000 {
      let count = Int.random(in: 1...500, using: &generator)
      if Bool.random(using: &generator), let start = free.take(count) {
        taken.append(start..<(start + count))
      } else if let index = taken.indices.randomElement(using: &generator) {
        free.give(taken.remove(at: index))
      }
      let all = (free.ranges + taken).sorted { $0.lowerBound < $1.lowerBound }
      #expect(all.first?.lowerBound == 0 && all.last?.upperBound == size)
      #expect(zip(all, all.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      #expect(zip(free.ranges, free.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }
  }

  private func ranges(_ ranges: Range<Int>...) -> FreeRanges {
    var free = FreeRanges()
    for range in ranges { free.give(range) }
    return free
  }
}
