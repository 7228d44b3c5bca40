extension Engine {
  /// Uninitialised memory for a tensor.
  func allocate(_ layout: Layout) -> Memory {
    Memory(layout: layout, buffer: pool.buffer(byteCount: layout.byteCount))
  }

  /// Uninitialised memory in a layout of oneDNN's choosing.
  func allocate(_ descriptor: Descriptor) -> OpaqueMemory {
    OpaqueMemory(descriptor: descriptor, buffer: pool.buffer(byteCount: descriptor.byteCount))
  }

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

  /// `memory` with its axes permuted, plain: a copy from permuted strides.
  func permute(_ memory: Memory, _ permutation: [Int]) throws -> Memory {
    let source = try reorder(memory, to: .plain)
    let result = allocate(Layout(permutation.map { source.shape[$0] }))
    let recipe = PermutedReorder(shape: source.shape, permutation: permutation)
    try execute(
      primitive(recipe), [(.source, MemoryView(descriptor: recipe.source, base: source)), (.destination, result)])
    return result
  }
}
