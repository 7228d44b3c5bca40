import COneDNN

/// Which value of its window a pooling keeps.
enum PoolingAlgorithm: Hashable {
  case maximum
  /// Divides by the taps that lie inside the input.
  case averageExcludingPadding
  /// Divides by all taps.
  case averageIncludingPadding

  fileprivate var kind: dnnl_alg_kind_t {
    switch self {
    case .maximum: dnnl_pooling_max
    case .averageExcludingPadding: dnnl_pooling_avg_exclude_padding
    case .averageIncludingPadding: dnnl_pooling_avg_include_padding
    }
  }
}

/// y = pool(x), in x's format. A maximum leaves the taps that won in a workspace.
struct PoolingForward: PrimitiveRecipe {
  let algorithm: PoolingAlgorithm
  let source: Layout
  let destination: Layout
  let window: Window

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let source = source.descriptor
    let destination = destination.descriptor
    return try Primitive("pooling of \(self.source.shape.shapeText)") { description in
      dnnl_pooling_forward_primitive_desc_create(
        &description, engine.handle, dnnl_forward_training, algorithm.kind, source.handle, destination.handle,
        window.strides.map(Int64.init), window.kernel.map(Int64.init), window.oneDNNDilations,
        window.padsBegin.map(Int64.init), window.padsEnd.map(Int64.init), nil)
    }
  }
}

/// dx from dy, in the layouts of the forward pooling.
struct PoolingBackward: PrimitiveRecipe {
  let forward: PoolingForward

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let hint = try engine.primitive(forward)
    let source = forward.source.descriptor
    let destination = forward.destination.descriptor
    let window = forward.window
    return try Primitive("backward pooling of \(forward.source.shape.shapeText)") { description in
      dnnl_pooling_backward_primitive_desc_create(
        &description, engine.handle, forward.algorithm.kind, source.handle, destination.handle,
        window.strides.map(Int64.init), window.kernel.map(Int64.init), window.oneDNNDilations,
        window.padsBegin.map(Int64.init), window.padsEnd.map(Int64.init), hint.description, nil)
    }
  }
}
