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
    let part = padded(part, whole.count)
    let partStrides = part.rowMajorStrides
    let strides = part.indices.map { part[$0] == 1 ? 0 : partStrides[$0] }
    guard let inner = whole.last, let innerStride = strides.last else { return body(0, 0) }
    var position = [Int](repeating: 0, count: whole.count)
    var source = 0
    for start in stride(from: 0, to: whole.elementCount, by: max(inner, 1)) {
      for offset in 0..<inner { body(start + offset, source + offset * innerStride) }
      for axis in stride(from: whole.count - 2, through: 0, by: -1) {
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
    Broadcasting.walk(shape, source.shape) { to[$0] = from[$1] }
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
      Broadcasting.walk(whole, shape) { to[$1] += from[$0] }
    }
    return result
  }
}
