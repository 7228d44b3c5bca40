import COneDNN

/// oneDNN's description of a float32 tensor in memory: its shape, and the order of its elements.
final class Descriptor {
  let handle: onednn_memory_desc_t

  private init(owning handle: onednn_memory_desc_t) {
    self.handle = handle
  }

  /// Only a rank above 12 or a negative size could fail, and neither passes shape inference.
  private convenience init(
    _ subject: @autoclosure () -> String, _ create: (inout onednn_memory_desc_t?) -> dnnl_status_t
  ) {
    var handle: onednn_memory_desc_t?
    guard create(&handle) == dnnl_success, let handle else {
      preconditionFailure("no memory descriptor for \(subject())")
    }
    self.init(owning: handle)
  }

  /// A copy of a description that a primitive owns.
  convenience init(copying original: onednn_const_memory_desc_t) {
    self.init("a copy") { dnnl_memory_desc_clone(&$0, original) }
  }

  /// Elements in the order that oneDNN names by `tag`.
  convenience init(_ shape: [Int], _ tag: dnnl_format_tag_t) {
    self.init("\(shape)") {
      dnnl_memory_desc_create_with_tag(&$0, Int32(shape.count), shape.map(Int64.init), dnnl_f32, tag)
    }
  }

  /// Neighbours along axis i lie `strides[i]` elements apart.
  convenience init(_ shape: [Int], strides: [Int]) {
    self.init("\(shape)") {
      dnnl_memory_desc_create_with_strides(
        &$0, Int32(shape.count), shape.map(Int64.init), dnnl_f32, strides.map(Int64.init))
    }
  }

  /// A shape whose layout is left to oneDNN.
  static func any(_ shape: [Int]) -> Descriptor { Descriptor(shape, dnnl_format_tag_any) }

  deinit {
    dnnl_memory_desc_destroy(handle)
  }

  var byteCount: Int { dnnl_memory_desc_get_size(handle) }

  func isEqual(to other: Descriptor) -> Bool { dnnl_memory_desc_equal(handle, other.handle) != 0 }

  /// The part of a tensor at `offset` with `shape`, as a view of the whole.
  ///
  /// - Throws: `OneDNNError` where blocks would be cut.
  func part(shape: [Int], offset: [Int]) throws(OneDNNError) -> Descriptor {
    var part: onednn_memory_desc_t?
    let status = dnnl_memory_desc_create_submemory(&part, handle, shape.map(Int64.init), offset.map(Int64.init))
    guard status == dnnl_success, let part else {
      throw OneDNNError(call: "dnnl_memory_desc_create_submemory", status: status)
    }
    return Descriptor(owning: part)
  }

  /// The layout this is, if it is one of ours.
  func layout(shape: [Int]) -> Layout? {
    Layout.Format.allCases.lazy.map { Layout(shape, $0) }.first { isEqual(to: $0.descriptor) }
  }
}
