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
    let (kind, alpha, beta) = function.forward
    return try .elementwise(function, kind, alpha, beta, layout, on: engine)
  }
}

/// dx = dy · f′, with f′ taken from y; may run in place.
struct ElementwiseBackward: PrimitiveRecipe {
  let function: ElementwiseFunction
  let layout: Layout

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    // The hint must have the same algorithm, which only exists for a forward that keeps its output.
    let (kind, alpha, beta) = function.backward
    let hint = try Primitive.elementwise(function, kind, alpha, beta, layout, on: engine)
    let data = layout.descriptor
    return try Primitive("backward \(function) of \(layout.shape.shapeText)") { description in
      dnnl_eltwise_backward_primitive_desc_create(
        &description, engine.handle, kind, data.handle, data.handle, data.handle, alpha, beta, hint.description, nil)
    }
  }
}

extension Primitive {
  /// y = f(x) by one of oneDNN's algorithms for f.
  fileprivate static func elementwise(
    _ function: ElementwiseFunction, _ kind: dnnl_alg_kind_t, _ alpha: Float, _ beta: Float, _ layout: Layout,
    on engine: Engine
  ) throws(OneDNNError) -> Primitive {
    let data = layout.descriptor
    return try Primitive("\(function) of \(layout.shape.shapeText)") { description in
      dnnl_eltwise_forward_primitive_desc_create(
        &description, engine.handle, dnnl_forward_training, kind, data.handle, data.handle, alpha, beta, nil)
    }
  }
}
