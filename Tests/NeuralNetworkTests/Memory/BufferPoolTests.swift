import Testing

@testable import NeuralNetwork

@Suite("Memory for buffers")
struct BufferPoolTests {
  @Test("buffers are aligned, hold at least what was asked, and do not overlap")
  func apart() {
    let pool = BufferPool()
    let buffers = [0, 1, 64, 65, 1 << 20, 3 << 20].map { (asked: $0, buffer: pool.buffer(byteCount: $0)) }
    var ranges: [Range<Int>] = []
    for (asked, buffer) in buffers {
      let start = Int(bitPattern: buffer.address)
      #expect(start.isMultiple(of: 64))
      #expect(buffer.byteCount >= max(1, asked))
      #expect(ranges.allSatisfy { !$0.overlaps(start..<(start + buffer.byteCount)) })
      ranges.append(start..<(start + buffer.byteCount))
    }
  }

  @Test("small buffers that lay side by side make room for a large one when nobody holds them")
  func reuse() {
    let pool = BufferPool()
    var small: [Buffer] = (0..<8).map { _ in pool.buffer(byteCount: 1 << 16) }
    let first = small[0].address
    small = []
    #expect(pool.buffer(byteCount: 8 << 16).address == first)
  }

  @Test("all of a buffer may be written, and what was written stays while it is held")
  func contents() {
    let pool = BufferPool()
    let kept = pool.buffer(byteCount: 5000)
    kept.address.initializeMemory(as: UInt8.self, repeating: 7, count: kept.byteCount)
    for size in stride(from: 1, through: 1 << 22, by: 99_991) {
      let other = pool.buffer(byteCount: size)
      other.address.initializeMemory(as: UInt8.self, repeating: 0, count: other.byteCount)
    }
    #expect(UnsafeRawBufferPointer(start: kept.address, count: kept.byteCount).allSatisfy { $0 == 7 })
  }
}
