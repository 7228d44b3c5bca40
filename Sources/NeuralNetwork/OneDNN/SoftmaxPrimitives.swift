import COneDNN

/// y = exp(x) / Σ exp(x) along an axis.
struct SoftmaxForward: PrimitiveRecipe {
  let layout: Layout
  let axis: Int

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let data = layout.descriptor
    return try Primitive("softmax of \(layout.shape.shapeText)") { description in
      dnnl_softmax_forward_primitive_desc_create(
        &description, engine.handle, dnnl_forward_training, dnnl_softmax_accurate, data.handle, data.handle,
        Int32(axis), nil)
    }
  }
}

/// dx = y · (dy − Σ dy · y).
struct SoftmaxBackward: PrimitiveRecipe {
  let forward: SoftmaxForward

  func makePrimitive(on engine: Engine) throws(OneDNNError) -> Primitive {
    let hint = try engine.primitive(forward)
    let data = forward.layout.descriptor
    return try Primitive("backward softmax of \(forward.layout.shape.shapeText)") { description in
      dnnl_softmax_backward_primitive_desc_create(
        &description, engine.handle, dnnl_softmax_accurate, data.handle, data.handle, data.handle,
        Int32(forward.axis), hint.description, nil)
    }
  }
}
