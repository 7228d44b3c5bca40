import COneDNN

extension Layout {
  /// oneDNN's description of it.
  var descriptor: Descriptor {
    switch format {
    case .plain:
      // oneDNN knows no rank 0.
      shape.isEmpty ? Descriptor([1], strides: [1]) : Descriptor(shape, strides: shape.rowMajorStrides)
    case .blocked8: Descriptor(shape, dnnl_aBcd8b)
    case .blocked16: Descriptor(shape, dnnl_aBcd16b)
    case .channelsLast: Descriptor(shape, dnnl_acdb)
    }
  }
}
