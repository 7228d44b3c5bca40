/// Something that a primitive can read or write.
protocol MemoryConvertible {
  func descriptor(on engine: Engine) -> Descriptor
  var address: UnsafeMutableRawPointer { get }
}

extension Memory: MemoryConvertible {
  func descriptor(on engine: Engine) -> Descriptor { engine.descriptor(of: layout) }
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
