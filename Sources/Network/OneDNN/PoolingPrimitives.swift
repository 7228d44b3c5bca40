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
    var operation = dnnl_pooling_v2_desc_t()
    var source = source.descriptor.value
    var destination = destination.descriptor.value
    try check(
      dnnl_pooling_v2_forward_desc_init(
        &operation, dnnl_forward_training, algorithm.kind, &source, &destination, window.strides.map(Int64.init),
        window.kernel.map(Int64.init), window.oneDNNDilations, window.padsBegin.map(Int64.init),
        window.padsEnd.map(Int64.init)),
      "dnnl_pooling_v2_forward_desc_init")
    return try Primitive(&operation, on: engine, "pooling of \(self.source.shape.shapeText)")
  }
}

/// dx from dy, in the layouts of the forward pooling.
struct PoolingBackward: PrimitiveRecipe {
  let forward: PoolingForward

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    var operation = dnnl_pooling_v2_desc_t()
    var source = forward.source.descriptor.value
    var destination = forward.destination.descriptor.value
    let window = forward.window
    try check(
      dnnl_pooling_v2_backward_desc_init(
        &operation, forward.algorithm.kind, &source, &destination, window.strides.map(Int64.init),
        window.kernel.map(Int64.init), window.oneDNNDilations, window.padsBegin.map(Int64.init),
        window.padsEnd.map(Int64.init)),
      "dnnl_pooling_v2_backward_desc_init")
    return try Primitive(
      &operation, on: engine, forward: engine.primitive(forward),
      "backward pooling of \(forward.source.shape.shapeText)")
  }
}
