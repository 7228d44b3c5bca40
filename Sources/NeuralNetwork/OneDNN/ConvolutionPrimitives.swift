import COneDNN

/// y = x ∗ w + b with fused post-operations; layouts are ours to choose unless formats of x and y are given.
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
    try ConvolutionFormats.preferred(formats, source, destination) { formats throws(OneDNNError) in
      try makePrimitive(formats, on: engine)
    }
  }

  private func makePrimitive(_ formats: ConvolutionFormats?, on engine: Engine) throws(OneDNNError) -> Primitive {
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

  /// A primitive in the given formats, or else in those that suit what surrounds a convolution.
  ///
  /// Left to itself, version 3 takes channels last on AVX2, for kernels of its own that are no faster, sum in another order
  /// than those of version 2, and keep what surrounds them from its fast ways, all of which work on blocks of 8 channels. So
  /// blocks are asked for first, as version 2 has them, with an image of few channels as it comes.
  static func preferred(
    _ formats: ConvolutionFormats?, _ source: [Int], _ destination: [Int],
    _ make: (ConvolutionFormats?) throws(OneDNNError) -> Primitive
  ) throws(OneDNNError) -> Primitive {
    if formats == nil, choosesForItself, source.count == 4 {
      let blocked = ConvolutionFormats(source: source[1] < 8 ? .plain : .blocked8, destination: .blocked8)
      do throws(OneDNNError) {
        let primitive = try make(blocked)
        // Anything else is a loop for every layout.
        if primitive.implementation.hasPrefix("jit") { return primitive }
      } catch {
        guard error.isUnimplemented else { throw error }
      }
    }
    return try make(formats)
  }

  private static let choosesForItself: Bool =
    dnnl_version().map { $0.pointee.major >= 3 } ?? false && dnnl_get_effective_cpu_isa() == dnnl_cpu_isa_avx2
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
    return try ConvolutionFormats.preferred(formats, source, destination) { formats throws(OneDNNError) in
      try makePrimitive(formats, hint: forward, on: engine)
    }
  }

  private func makePrimitive(
    _ formats: ConvolutionFormats?, hint forward: Primitive, on engine: Engine
  ) throws(OneDNNError) -> Primitive {
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
