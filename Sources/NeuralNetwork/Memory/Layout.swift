/// How an activation lies in memory: a shape, and the order of its elements.
///
/// A small closed set, so that any activation's gradient batch can be laid out like the activation itself.
struct Layout: Hashable {
  enum Format: CaseIterable {
    /// Row-major: [N, C, H, W] with W innermost.
    case plain
    /// Channels in blocks of 8, [N, C/8, H, W, 8]: oneDNN's choice for AVX2.
    case blocked8
    /// Channels in blocks of 16, [N, C/16, H, W, 16]: oneDNN's choice for AVX-512.
    case blocked16
    /// [N, H, W, C].
    case channelsLast
  }

  /// The most axes that oneDNN knows.
  static let maximumRank = 12

  /// The logical shape: [N, C, H, W] whatever the format.
  var shape: [Int]
  var format: Format

  /// `plain` stands in for formats that only pictures have.
  init(_ shape: [Int], _ format: Format = .plain) {
    self.shape = shape
    self.format = shape.count == 4 ? format : .plain
  }

  /// Bytes, with the padding of a last partial block.
  var byteCount: Int {
    switch format {
    case .plain, .channelsLast: shape.elementCount * 4
    case .blocked8: paddedCount(8) * 4
    case .blocked16: paddedCount(16) * 4
    }
  }

  /// Elements, with the padding of a last partial block.
  var elementCount: Int { byteCount / MemoryLayout<Float>.size }

  private func paddedCount(_ block: Int) -> Int {
    shape[0] * ((shape[1] + block - 1) / block * block) * shape[2] * shape[3]
  }

  /// Whether the number of channels fills the blocks, so that parts can be joined and split at channels.
  func fillsBlocks(channels: Int) -> Bool {
    switch format {
    case .plain, .channelsLast: true
    case .blocked8: channels % 8 == 0
    case .blocked16: channels % 16 == 0
    }
  }

  /// `copies` tensors of this layout, one behind the other.
  func batched(_ copies: Int) -> Layout { Layout(shape.batched(copies), format) }

  /// The same format for another shape.
  func with(shape: [Int]) -> Layout { Layout(shape, format) }
}
