import COneDNN

/// A function of one element.
enum ElementwiseFunction: Hashable {
  case relu
  case clip(lower: Float, upper: Float)

  /// What the function cuts to.
  var limits: (lower: Float, upper: Float) {
    switch self {
    case .relu: (0, .infinity)
    case .clip(let lower, let upper): (lower, upper)
    }
  }

  fileprivate var forward: (kind: dnnl_alg_kind_t, alpha: Float, beta: Float) {
    switch self {
    case .relu: (dnnl_eltwise_relu, 0, 0)
    case .clip(let lower, let upper): (dnnl_eltwise_clip, lower, upper)
    }
  }
}

/// y = f(x); may run in place.
struct ElementwiseForward: PrimitiveRecipe {
  let function: ElementwiseFunction
  let layout: Layout

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let (kind, alpha, beta) = function.forward
    let data = layout.descriptor
    return try Primitive("\(function) of \(layout.shape.shapeText)") { description in
      dnnl_eltwise_forward_primitive_desc_create(
        &description, engine.handle, dnnl_forward_inference, kind, data.handle, data.handle, alpha, beta, nil)
    }
  }
}
