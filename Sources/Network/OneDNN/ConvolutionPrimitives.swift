import COneDNN

/// y = x ∗ w + b with fused post-operations; layouts are left to oneDNN unless formats of x and y are given.
struct ConvolutionForward: PrimitiveRecipe {
  let source: [Int]
  /// [M, C, kH, kW], or [G, M/G, C/G, kH, kW] for groups.
  let weights: [Int]
  let hasBias: Bool
  let destination: [Int]
  let window: Window
  var postOperations: [PostOperation] = []
  var formats: ConvolutionFormats?

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    var operation = dnnl_convolution_desc_t()
    var source = Descriptor(source, formats?.source).value
    var weights = Descriptor.any(weights).value
    var bias = Layout([destination[1]]).descriptor.value
    var destination = Descriptor(destination, formats?.destination).value
    let status = withUnsafePointer(to: &bias) { bias in
      dnnl_dilated_convolution_forward_desc_init(
        &operation, dnnl_forward_inference, dnnl_convolution_direct, &source, &weights, hasBias ? bias : nil,
        &destination, window.strides.map(Int64.init), window.oneDNNDilations, window.padsBegin.map(Int64.init),
        window.padsEnd.map(Int64.init))
    }
    try check(status, "dnnl_dilated_convolution_forward_desc_init")
    return try Primitive(
      &operation, on: engine, attributes: Attributes(postOperations), "convolution of \(self.source.shapeText)")
  }
}

/// Formats of a convolution's input and output.
struct ConvolutionFormats: Hashable {
  let source: Layout.Format
  let destination: Layout.Format
}

/// dx = dy ∗ᵀ w.
struct ConvolutionBackwardData: PrimitiveRecipe {
  let source: [Int]
  let weights: [Int]
  let destination: [Int]
  let window: Window
  var formats: ConvolutionFormats?

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    // oneDNN wants the forward descriptor as a hint; its layouts do not matter.
    let forward = try engine.primitive(
      ConvolutionForward(
        source: source, weights: weights, hasBias: false, destination: destination, window: window, formats: formats))
    var operation = dnnl_convolution_desc_t()
    var source = Descriptor(source, formats?.source).value
    var weights = Descriptor.any(weights).value
    var destination = Descriptor(destination, formats?.destination).value
    try check(
      dnnl_dilated_convolution_backward_data_desc_init(
        &operation, dnnl_convolution_direct, &source, &weights, &destination, window.strides.map(Int64.init),
        window.oneDNNDilations, window.padsBegin.map(Int64.init), window.padsEnd.map(Int64.init)),
      "dnnl_dilated_convolution_backward_data_desc_init")
    return try Primitive(
      &operation, on: engine, forward: forward, "backward convolution of \(self.source.shapeText)")
  }
}

extension Descriptor {
  /// A tensor in a format, or in any.
  fileprivate init(_ shape: [Int], _ format: Layout.Format?) {
    self = format.map { Layout(shape, $0).descriptor } ?? .any(shape)
  }
}
