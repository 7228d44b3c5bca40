import CKernels

/// Room for the channels of pixels that are not zero, in lists.
struct SparsePixels {
  private let lists: sparse_lists
  private let rowBytes: UInt32
  private let buffers: [Buffer]

  /// - Parameters:
  ///   - listCount: lists that there is room for.
  ///   - group: pixels that share a list.
  ///   - channels: of the pixels, a multiple of 8.
  ///   - weights: what they will be multiplied by.
  init(listCount: Int, group: Int, channels: Int, weights: SparseWeights, on engine: Engine) {
    let values = engine.pool.buffer(byteCount: listCount * group * channels * MemoryLayout<Float>.size)
    let offsets = engine.pool.buffer(byteCount: listCount * channels * MemoryLayout<UInt32>.size)
    let bounds = engine.pool.buffer(byteCount: listCount * (weights.parts + 1) * MemoryLayout<UInt32>.size)
    buffers = [values, offsets, bounds]
    rowBytes = UInt32(weights.width * MemoryLayout<Float>.size)
    lists = sparse_lists(
      group: group, values: values.address.assumingMemoryBound(to: Float.self),
      offsets: offsets.address.assumingMemoryBound(to: UInt32.self), capacity: channels,
      bounds: bounds.address.assumingMemoryBound(to: UInt32.self), parts: weights.parts,
      blocks: SparseWeights.panelHeight / 8)
  }

  /// Bytes of a list.
  static func byteCount(group: Int, channels: Int) -> Int { (group + 1) * channels * MemoryLayout<Float>.size }

  /// Lists what is not zero in a line of a picture.
  ///
  /// - Parameters:
  ///   - picture: [C/8, `plane`, 8].
  ///   - step: from one pixel of the line to the next.
  ///   - offset: added to the number of the line's first list.
  func list(_ line: SparseLines.Line, of picture: UnsafePointer<Float>, plane: Int, step: Int, at offset: Int = 0) {
    sparse_list(
      lists, line.list + offset,
      sparse_source(pixels: picture, blocks: lists.capacity / 8, plane: plane, step: step), line.pixel, line.count,
      rowBytes)
  }

  /// The products of some pixels and a panel of weights, Σ value · weights[channel].
  ///
  /// - Parameters:
  ///   - first: the first pixel, counted through the lists.
  ///   - part: the part of the channels that the panel is for.
  ///   - vectors: of eight columns that the panel has.
  ///   - next: what is asked for meanwhile.
  func multiply(
    from first: Int, count: Int, part: Int, by panel: SparseWeights.Panel, vectors: Int, next: inout sparse_next,
    into result: sparse_result
  ) {
    sparse_multiply(lists, part, first, count, panel.address, Int32(vectors), &next, result)
  }
}
