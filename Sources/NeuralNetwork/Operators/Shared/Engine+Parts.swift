extension Engine {
  /// Applies `transform` to each of `count` equal parts along the first axis and joins the results.
  func mapParts(_ memory: Memory, count: Int, _ transform: (Memory) throws -> Memory) throws -> Memory {
    if count == 1 { return try transform(memory) }
    let results = try (0..<count).map { try transform(memory.part($0, of: count)) }
    let parts = try results.map { try reorder($0, to: results[0].layout.format) }
    let result = allocate(parts[0].layout.batched(count))
    for (index, part) in parts.enumerated() {
      let bytes = part.layout.byteCount
      (result.address + index * bytes).copyMemory(from: part.address, byteCount: bytes)
    }
    return result
  }
}
