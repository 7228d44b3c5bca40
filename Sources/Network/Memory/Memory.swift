/// Something that a primitive can read or write.
protocol MemoryConvertible {
  func descriptor(on engine: Engine) -> Descriptor
  var address: UnsafeMutableRawPointer { get }
}

/// An activation or a gradient batch: float32 elements in a known layout.
struct Memory: MemoryConvertible {
  let layout: Layout
  let buffer: Buffer
  /// Where the tensor begins in the buffer.
  var byteOffset = 0

  var shape: [Int] { layout.shape }
  func descriptor(on engine: Engine) -> Descriptor { engine.descriptor(of: layout) }
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

/// Memory in a layout of oneDNN's choosing: packed weights, or a pooling workspace.
struct OpaqueMemory: MemoryConvertible {
  let descriptor: Descriptor
  let buffer: Buffer

  func descriptor(on engine: Engine) -> Descriptor { descriptor }
  var address: UnsafeMutableRawPointer { buffer.address }
}

/// Memory seen through another descriptor: a part of a tensor, or a transposed matrix.
struct MemoryView: MemoryConvertible {
  let descriptor: Descriptor
  let base: Memory

  func descriptor(on engine: Engine) -> Descriptor { descriptor }
  var address: UnsafeMutableRawPointer { base.address }
}

extension Engine {
  /// Copies a tensor to plain memory.
  func upload(_ tensor: Tensor) -> Memory {
    let memory = allocate(Layout(tensor.shape))
    tensor.values.withUnsafeBytes { source in
      UnsafeMutableRawBufferPointer(start: memory.address, count: source.count).copyMemory(from: source)
    }
    return memory
  }

  /// The tensor in `memory`, whatever its layout.
  func download(_ memory: Memory) throws -> Tensor {
    let plain = try reorder(memory, to: .plain)
    return Tensor(shape: memory.shape, [Float](plain.elements))
  }

  /// A view of a float constant; the file's own bytes where they are aligned, or need not be.
  func view(_ constant: Constant, allowsMisalignment: Bool) -> Memory {
    let isAligned = Int(bitPattern: constant.bytes.buffer.baseAddress) % MemoryLayout<Float>.alignment == 0
    guard constant.elementType == .float32, isAligned || allowsMisalignment else {
      return upload(Tensor(shape: constant.shape, constant.floats))
    }
    return Memory(layout: Layout(constant.shape), buffer: Buffer(viewing: constant.bytes))
  }

  /// `memory` in another format; itself where it has that format already.
  func reorder(_ memory: Memory, to format: Layout.Format) throws -> Memory {
    let target = Layout(memory.shape, format)
    guard target != memory.layout else { return memory }
    let result = allocate(target)
    try execute(primitive(Reorder(from: memory.layout, to: target)), [(.source, memory), (.destination, result)])
    return result
  }
}
