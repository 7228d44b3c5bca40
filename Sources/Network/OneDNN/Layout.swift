import COneDNN

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

  var descriptor: Descriptor {
    var value = dnnl_memory_desc_t()
    let status: dnnl_status_t
    switch format {
    case .plain:
      let shape = shape.isEmpty ? [1] : shape
      status = dnnl_memory_desc_init_by_strides(
        &value, Int32(shape.count), shape.map(Int64.init), dnnl_f32, shape.rowMajorStrides.map(Int64.init))
    case .blocked8: status = initialize(&value, dnnl_aBcd8b)
    case .blocked16: status = initialize(&value, dnnl_aBcd16b)
    case .channelsLast: status = initialize(&value, dnnl_acdb)
    }
    // Only a rank above 12 or a negative size could fail, and neither passes shape inference.
    precondition(status == dnnl_success, "no memory descriptor for \(self)")
    return Descriptor(value)
  }

  private func initialize(_ value: inout dnnl_memory_desc_t, _ tag: dnnl_format_tag_t) -> dnnl_status_t {
    dnnl_memory_desc_init_by_tag(&value, 4, shape.map(Int64.init), dnnl_f32, tag)
  }
}

/// oneDNN's description of a tensor in memory.
struct Descriptor {
  var value: dnnl_memory_desc_t

  init(_ value: dnnl_memory_desc_t) {
    self.value = value
  }

  /// Shape given, layout left to oneDNN.
  static func any(_ shape: [Int]) -> Descriptor { Descriptor(shape, dnnl_format_tag_any) }

  /// A tensor whose first two axes are swapped in memory (a transposed matrix).
  static func plain(_ shape: [Int], strides: [Int]) -> Descriptor {
    var value = dnnl_memory_desc_t()
    let status = dnnl_memory_desc_init_by_strides(
      &value, Int32(shape.count), shape.map(Int64.init), dnnl_f32, strides.map(Int64.init))
    precondition(status == dnnl_success, "no memory descriptor for \(shape)")
    return Descriptor(value)
  }

  private init(_ shape: [Int], _ tag: dnnl_format_tag_t) {
    value = dnnl_memory_desc_t()
    let status = dnnl_memory_desc_init_by_tag(&value, Int32(shape.count), shape.map(Int64.init), dnnl_f32, tag)
    precondition(status == dnnl_success, "no memory descriptor for \(shape)")
  }

  var byteCount: Int {
    var copy = value
    return dnnl_memory_desc_get_size(&copy)
  }

  func isEqual(to other: Descriptor) -> Bool {
    var (a, b) = (value, other.value)
    return dnnl_memory_desc_equal(&a, &b) != 0
  }

  /// The part of a tensor at `offset` with `shape`, as a view of the whole.
  ///
  /// - Throws: `OneDNNError` where blocks would be cut.
  func part(shape: [Int], offset: [Int]) throws(OneDNNError) -> Descriptor {
    var (parent, part) = (value, dnnl_memory_desc_t())
    try check(
      dnnl_memory_desc_init_submemory(&part, &parent, shape.map(Int64.init), offset.map(Int64.init)),
      "dnnl_memory_desc_init_submemory")
    return Descriptor(part)
  }

  /// The layout this is, if it is one of ours.
  func layout(shape: [Int]) -> Layout? {
    Layout.Format.allCases.lazy.map { Layout(shape, $0) }.first { isEqual(to: $0.descriptor) }
  }
}
