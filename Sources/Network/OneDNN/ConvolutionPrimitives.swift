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
    let source = Descriptor.of(source, formats?.source)
    let weights = Descriptor.any(weights)
    let bias = hasBias ? Layout([destination[1]]).descriptor : nil
    let destination = Descriptor.of(destination, formats?.destination)
    let attributes = try Attributes(postOperations)
    return try Primitive("convolution of \(self.source.shapeText)") { description in
      dnnl_convolution_forward_primitive_desc_create(
        &description, engine.handle, dnnl_forward_inference, dnnl_convolution_direct, source.handle, weights.handle,
        bias?.handle, destination.handle, window.strides.map(Int64.init), window.oneDNNDilations,
        window.padsBegin.map(Int64.init), window.padsEnd.map(Int64.init), attributes?.handle)
    }
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
    let source = Descriptor.of(source, formats?.source)
    let weights = Descriptor.any(weights)
    let destination = Descriptor.of(destination, formats?.destination)
    return try Primitive("backward convolution of \(self.source.shapeText)") { description in
      dnnl_convolution_backward_data_primitive_desc_create(
        &description, engine.handle, dnnl_convolution_direct, source.handle, weights.handle, destination.handle,
        window.strides.map(Int64.init), window.oneDNNDilations, window.padsBegin.map(Int64.init),
        window.padsEnd.map(Int64.init), forward.description, nil)
    }
  }
}

extension Descriptor {
  /// A tensor in a format, or in any.
  fileprivate static func of(_ shape: [Int], _ format: Layout.Format?) -> Descriptor {
    format.map { Layout(shape, $0).descriptor } ?? .any(shape)
  }
}
