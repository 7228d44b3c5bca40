/// An activation or a gradient batch: float32 elements in a known layout.
struct Memory {
  let layout: Layout
  let buffer: Buffer
  /// Where the tensor begins in the buffer.
  var byteOffset = 0

  var shape: [Int] { layout.shape }
  var address: UnsafeMutableRawPointer { buffer.address + byteOffset }

  /// Part `index` of `count` equal parts along the first axis: one gradient of a batch.
  func part(_ index: Int, of count: Int) -> Memory {
    guard count > 1 else { return self }
    var shape = shape
    shape[0] /= count
    let layout = layout.with(shape: shape)
    return Memory(layout: layout, buffer: buffer, byteOffset: byteOffset + index * layout.byteCount)
  }

  /// The first `count` of `total` equal parts along the first axis.
  func prefix(_ count: Int, of total: Int) -> Memory {
    guard count < total else { return self }
    var shape = shape
    shape[0] = shape[0] / total * count
    return Memory(layout: layout.with(shape: shape), buffer: buffer, byteOffset: byteOffset)
  }

  /// Some channels of a single tensor, which lie one behind the other; `nil` where they do not, or a block would be cut.
  func channels(from first: Int, count: Int) -> Memory? {
    guard shape.count > 1, shape[0] == 1, layout.format != .channelsLast, layout.fillsBlocks(channels: first),
      first + count == shape[1] || layout.fillsBlocks(channels: count)
    else { return nil }
    let part = layout.with(shape: [1, count] + shape.dropFirst(2))
    let start = layout.with(shape: [1, first] + shape.dropFirst(2)).byteCount
    return Memory(layout: part, buffer: buffer, byteOffset: byteOffset + start)
  }

  /// Tensors that lie one behind the other in one buffer as the channels of one; `nil` where they do not.
  static func joined(_ parts: [Memory]) -> Memory? {
    guard let first = parts.first, first.shape.count > 1 else { return nil }
    var shape = first.shape
    shape[1] = parts.reduce(0) { $0 + $1.shape[1] }
    let whole = Memory(layout: first.layout.with(shape: shape), buffer: first.buffer, byteOffset: first.byteOffset)
    var channel = 0
    for part in parts {
      guard part.buffer === whole.buffer,
        let expected = whole.channels(from: channel, count: part.shape[1]), expected.layout == part.layout,
        expected.byteOffset == part.byteOffset
      else { return nil }
      channel += part.shape[1]
    }
    return whole
  }

  /// The same elements under another shape; only for plain layouts.
  func reshaped(_ shape: [Int]) -> Memory {
    precondition(layout.format == .plain && shape.elementCount == self.shape.elementCount)
    return Memory(layout: Layout(shape), buffer: buffer, byteOffset: byteOffset)
  }

  /// The elements in whatever order the layout has them.
  var floats: UnsafeMutablePointer<Float> { address.assumingMemoryBound(to: Float.self) }

  /// The elements, which may lie at odd addresses of a file's bytes.
  var unalignedFloats: UnalignedFloats { UnalignedFloats(memory: self) }

  /// The elements of a plain layout.
  var elements: UnsafeMutableBufferPointer<Float> {
    precondition(layout.format == .plain)
    return UnsafeMutableBufferPointer(
      start: address.assumingMemoryBound(to: Float.self), count: shape.elementCount)
  }
}

/// Numbers at any address.
struct UnalignedFloats {
  fileprivate let memory: Memory

  subscript(index: Int) -> Float {
    memory.address.loadUnaligned(fromByteOffset: index * MemoryLayout<Float>.size, as: Float.self)
  }
}
