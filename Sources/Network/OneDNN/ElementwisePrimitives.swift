import COneDNN

/// A function of one element.
enum ElementwiseFunction: Hashable {
  case relu
  case clip(lower: Float, upper: Float)

  fileprivate var forward: (kind: dnnl_alg_kind_t, alpha: Float, beta: Float) {
    switch self {
    case .relu: (dnnl_eltwise_relu, 0, 0)
    case .clip(let lower, let upper): (dnnl_eltwise_clip, lower, upper)
    }
  }

  /// The derivative is taken from the output, so that the input need not be kept. At its bounds a clip passes nothing,
  /// as PyTorch's hardtanh.
  fileprivate var backward: (kind: dnnl_alg_kind_t, alpha: Float, beta: Float) {
    switch self {
    case .relu: (dnnl_eltwise_relu_use_dst_for_bwd, 0, 0)
    case .clip(let lower, let upper): (dnnl_eltwise_clip_v2_use_dst_for_bwd, lower, upper)
    }
  }
}

/// y = f(x); may run in place.
struct ElementwiseForward: PrimitiveRecipe {
  let function: ElementwiseFunction
  let layout: Layout

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    var operation = dnnl_eltwise_desc_t()
    var data = layout.descriptor.value
    let (kind, alpha, beta) = function.forward
    try check(
      dnnl_eltwise_forward_desc_init(&operation, dnnl_forward_training, kind, &data, alpha, beta),
      "dnnl_eltwise_forward_desc_init")
    return try Primitive(&operation, on: engine, "\(function) of \(layout.shape.shapeText)")
  }
}

/// dx = dy · f′, with f′ taken from y; may run in place.
struct ElementwiseBackward: PrimitiveRecipe {
  let function: ElementwiseFunction
  let layout: Layout

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    // The hint must have the same algorithm, which only exists for a forward that keeps its output.
    let (kind, alpha, beta) = function.backward
    var data = layout.descriptor.value
    var forward = dnnl_eltwise_desc_t()
    try check(
      dnnl_eltwise_forward_desc_init(&forward, dnnl_forward_training, kind, &data, alpha, beta),
      "dnnl_eltwise_forward_desc_init")
    let hint = try Primitive(&forward, on: engine, "\(function) of \(layout.shape.shapeText)")
    var operation = dnnl_eltwise_desc_t()
    var gradient = data
    try check(
      dnnl_eltwise_backward_desc_init(&operation, kind, &gradient, &data, alpha, beta),
      "dnnl_eltwise_backward_desc_init")
    return try Primitive(
      &operation, on: engine, forward: hint, "backward \(function) of \(layout.shape.shapeText)")
  }
}
