/// Repeating a tensor along axes of size 1, and its transpose, summing over them (ONNX: multidirectional broadcasting).
enum Broadcasting {
  /// The common shape of two tensors, or `nil` where they do not fit.
  static func shape(_ a: [Int], _ b: [Int]) -> [Int]? {
    let rank = max(a.count, b.count)
    var result: [Int] = []
    for (x, y) in zip(padded(a, rank), padded(b, rank)) {
      guard x == y || x == 1 || y == 1 else { return nil }
      result.append(x == 1 ? y : x)
    }
    return result
  }

  /// `shape` with axes of size 1 in front.
  static func padded(_ shape: [Int], _ rank: Int) -> [Int] {
    [Int](repeating: 1, count: rank - shape.count) + shape
  }

  /// For each element of `whole`, row-major, calls `body` with its index and that of its source in `part`.
  static func walk(_ whole: [Int], _ part: [Int], _ body: (Int, Int) -> Void) {
    walkRows(whole, part) { row in
      let step = row.isRepeated ? 0 : 1
      for offset in 0..<row.count { body(row.start + offset, row.source + offset * step) }
    }
  }

  /// Neighbouring elements of a tensor that all come from one element, or from as many neighbours.
  struct Row {
    let start: Int
    let source: Int
    let count: Int
    let isRepeated: Bool
  }

  /// Cuts `whole`, row-major, into rows that are as long as they can be.
  static func walkRows(_ whole: [Int], _ part: [Int], _ body: (Row) -> Void) {
    let part = padded(part, whole.count)
    let strides = zip(part, part.rowMajorStrides).map { $0 == 1 ? 0 : $1 }
    let isRepeated = whole.indices.map { part[$0] == 1 && whole[$0] != 1 }
    // The trailing axes of one kind join into a row; axes of size 1 are of either kind.
    let kind = whole.indices.last { whole[$0] != 1 }.map { isRepeated[$0] } ?? false
    let outer = (whole.indices.last { whole[$0] != 1 && isRepeated[$0] != kind } ?? -1) + 1
    let count = whole[outer...].reduce(1, *)
    var position = [Int](repeating: 0, count: outer)
    var source = 0
    for start in stride(from: 0, to: whole.elementCount, by: max(count, 1)) {
      body(Row(start: start, source: source, count: count, isRepeated: kind))
      for axis in stride(from: outer - 1, through: 0, by: -1) {
        position[axis] += 1
        source += strides[axis]
        if position[axis] < whole[axis] { break }
        source -= strides[axis] * whole[axis]
        position[axis] = 0
      }
    }
  }
}

extension Engine {
  /// `memory` repeated to `shape`, plain; itself where it has that shape.
  func broadcast(_ memory: Memory, to shape: [Int]) throws -> Memory {
    guard memory.shape != shape else { return memory }
    let source = try reorder(memory, to: .plain)
    let result = allocate(Layout(shape))
    let (from, to) = (source.elements, result.elements)
    Broadcasting.walkRows(shape, source.shape) { row in
      let target = UnsafeMutableBufferPointer(rebasing: to[row.start..<(row.start + row.count)])
      if row.isRepeated {
        target.update(repeating: from[row.source])
      } else {
        _ = target.update(from: UnsafeMutableBufferPointer(rebasing: from[row.source..<(row.source + row.count)]))
      }
    }
    return result
  }

  /// A batch of `count` gradients of a broadcast result, each summed to `shape`: the transpose of ``broadcast(_:to:)``.
  func sum(_ gradient: Memory, count: Int, to shape: [Int]) throws -> Memory {
    guard gradient.shape != shape.batched(count) else { return gradient }
    let source = try reorder(gradient, to: .plain)
    let result = allocate(Layout(shape.batched(count)))
    let whole = source.part(0, of: count).shape
    result.elements.update(repeating: 0)
    for index in 0..<count {
      let from = source.part(index, of: count).elements
      let to = UnsafeMutableBufferPointer(rebasing: result.elements[(index * shape.elementCount)...])
      Broadcasting.walkRows(whole, shape) { row in
        if row.isRepeated {
          to[row.source] += UnsafeMutableBufferPointer(rebasing: from[row.start..<(row.start + row.count)]).sum
        } else {
          for offset in 0..<row.count { to[row.source + offset] += from[row.start + offset] }
        }
      }
    }
    return result
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// The sum of the elements, in eight strands that the processor adds at once.
  fileprivate var sum: Float {
    var strands = SIMD8<Float>.zero
    let whole = count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      strands += UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: start * 4, as: SIMD8<Float>.self)
    }
    return self[whole...].reduce(strands.sum(), +)
  }
}
