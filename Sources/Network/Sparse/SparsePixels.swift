import CKernels

/// Room for the channels of pixels that are not zero, in lists.
struct SparsePixels {
  private let lists: sparse_lists
  private let rowBytes: UInt32
  private let buffers: [Buffer]

  /// Channels whose weights stay in a core's first cache, 64 wide.
  static let channelsOfPart = 128

  /// - Parameters:
  ///   - listCount: lists that there is room for.
  ///   - group: pixels that share a list.
  ///   - channels: of the pixels, a multiple of 8.
  ///   - weights: what they will be multiplied by.
  init(listCount: Int, group: Int, channels: Int, weights: SparseWeights, on engine: Engine) {
    let parts = (channels + Self.channelsOfPart - 1) / Self.channelsOfPart
    let values = engine.pool.buffer(byteCount: listCount * group * channels * MemoryLayout<Float>.size)
    let offsets = engine.pool.buffer(byteCount: listCount * channels * MemoryLayout<UInt32>.size)
    let bounds = engine.pool.buffer(byteCount: listCount * (parts + 1) * MemoryLayout<UInt32>.size)
    buffers = [values, offsets, bounds]
    rowBytes = UInt32(weights.width * MemoryLayout<Float>.size)
    lists = sparse_lists(
      group: group, values: values.address.assumingMemoryBound(to: Float.self),
      offsets: offsets.address.assumingMemoryBound(to: UInt32.self), capacity: channels,
      bounds: bounds.address.assumingMemoryBound(to: UInt32.self), parts: parts, blocks: Self.channelsOfPart / 8)
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

  /// Parts that the channels come in.
  var parts: Int { lists.parts }

  /// The products of some pixels and some weights, Σ value · weights[channel].
  ///
  /// - Parameters:
  ///   - first: the first pixel, counted through the lists.
  ///   - block: of columns of the weights.
  ///   - result: where the products go; its bias, addend and bounds are for the sum over all channels.
  func multiply(from first: Int, count: Int, by weights: SparseWeights, block: Int, into result: sparse_result) {
    for part in 0..<parts {
      var partial = result
      if part > 0 { partial.accumulates = true }
      if part < parts - 1 { (partial.addend, partial.rectifies) = (nil, false) }
      multiply(from: first, count: count, part: part, by: weights, block: block, into: partial)
    }
  }

  /// The same for one part of the channels.
  func multiply(
    from first: Int, count: Int, part: Int, by weights: SparseWeights, tap: Int = 0, block: Int,
    into result: sparse_result
  ) {
    sparse_multiply(
      lists, part, first, count,
      weights.panel(tap: tap, block: block) + part * Self.channelsOfPart * weights.width,
      Int32(weights.vectors(ofBlock: block).count), result)
  }
}
